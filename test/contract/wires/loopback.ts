import { createServer } from 'node:http';
import { WebSocket } from 'ws';
import { createClient } from '../../../main/contract/client.ts';
import { systemClock } from '../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../main/core/ports/logger.ts';
import { ContractSocket } from '../../../main/hosts/loopback/contract-socket.ts';
import { createWebSocketWire } from '../../../main/hosts/loopback/web-socket-wire.ts';
import type { OpenWire } from './opened-wire.ts';

/** The loopback host's WebSocket with the command line's end of it. Who may connect is tested with the host. */
export const openLoopbackWire: OpenWire = async (accept) => {
  const contractSocket = new ContractSocket({ clock: systemClock, logger: silentLogger });
  const http = createServer();
  http.on('upgrade', (request, connection, head) =>
    contractSocket.accept(request, connection, head, 'screen', { serve: accept }),
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const socket = new WebSocket(`ws://127.0.0.1:${port}/contract`);
  const wire = createWebSocketWire(socket);
  const connected = createClient(wire);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    ...connected,
    wire,
    end: () => socket.close(),
    dispose: async () => {
      socket.terminate();
      await contractSocket.stop();
      await new Promise((resolve) => http.close(resolve));
    },
  };
};
