import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createClient } from '../../main/contract/client.ts';
import { type Client, contract } from '../../main/contract/contract.ts';
import type { Wire } from '../../main/contract/wire.ts';
import { readStationFile } from '../../main/hosts/loopback/station-file.ts';
import { createWebSocketWire } from '../../main/hosts/loopback/web-socket-wire.ts';
import type { Shop } from './scenario-shop.ts';

/** A screen over the real WebSocket that listens to every event and keeps each message as it came. */
export interface RecordedScreen {
  readonly client: Client;
  readonly received: readonly string[];
}

/** Connects to the station that runs on the shop's data folder. The connection ends after the test. */
export const openRecordedScreen = async (shop: Shop): Promise<RecordedScreen> => {
  const running = await readStationFile(shop.dataFolder);
  if (running === null) throw new Error('no station runs');
  const address = new URL('/contract', running.url);
  address.protocol = 'ws:';
  address.searchParams.set('token', running.token);
  const socket = new WebSocket(address);
  onTestFinished(() => socket.terminate());
  const wire = createWebSocketWire(socket);
  const received: string[] = [];
  wire.onMessage((text) => received.push(text));
  const opened = new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const { client } = createClient(wire);
  await opened;
  subscribeToAll(wire);
  return { client, received };
};

const subscribeToAll = (wire: Wire): void => {
  for (const [group, members] of Object.entries(contract)) {
    for (const [name, { type }] of Object.entries(members)) {
      if (type === 'event') wire.send(JSON.stringify({ type: 'subscribe', event: `${group}.${name}` }));
    }
  }
};
