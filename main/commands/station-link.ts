import { WebSocket } from 'ws';
import { createClient } from '../contract/client.ts';
import { type Client, protocolVersion } from '../contract/contract.ts';
import { readMessage, stationMessage } from '../contract/messages.ts';
import type { Wire } from '../contract/wire.ts';
import { readStationFile, type StationFile } from '../hosts/loopback/station-file.ts';
import { createWebSocketWire } from '../hosts/loopback/web-socket-wire.ts';
import { CommandFailure } from './command-failure.ts';

/** A command's connection to the running station. */
export interface StationLink {
  readonly client: Client;
  /** Ends when the station goes away or `close` was called. */
  readonly closed: Promise<void>;
  close(): void;
}

const connectTimeoutMs = 5000;
const farewellMs = 500;

/** Connects to the station that runs on the data folder. Rejects with a CommandFailure when there is none. */
export const connectToStation = async (dataFolder: string): Promise<StationLink> => {
  const running = await readStationFile(dataFolder);
  if (running === null) {
    throw new CommandFailure(
      `no station runs on ${dataFolder}: start it with platen serve, or name another with --data`,
    );
  }
  const socket = new WebSocket(addressOf(running), { handshakeTimeout: connectTimeoutMs, perMessageDeflate: false });
  const wire = createWebSocketWire(socket);
  const greeting = greetingOf(socket, wire, dataFolder);
  const { client, closed } = createClient(wire);
  const protocol = await greeting;
  if (protocol.version !== protocolVersion) {
    socket.terminate();
    throw new CommandFailure(`the station is version ${protocol.station}: use the platen command of that version`);
  }
  return {
    client,
    closed,
    close: () => {
      socket.close();
      setTimeout(() => socket.terminate(), farewellMs).unref();
    },
  };
};

const addressOf = ({ url, token }: StationFile): string => {
  const address = new URL('/contract', url);
  address.protocol = 'ws:';
  address.searchParams.set('token', token);
  address.searchParams.set('as', 'cli');
  return address.href;
};

/** Waits for the station's first message, which says what it speaks. */
const greetingOf = (
  socket: WebSocket,
  wire: Wire,
  dataFolder: string,
): Promise<{ readonly version: number; readonly station: string }> =>
  new Promise((resolve, reject) => {
    const fail = (): void => {
      clearTimeout(timer);
      socket.terminate();
      reject(new CommandFailure(`the station of ${dataFolder} does not answer: it has stopped, or is starting anew`));
    };
    const timer = setTimeout(fail, connectTimeoutMs);
    socket.on('error', fail);
    socket.once('close', fail);
    const stop = wire.onMessage((text) => {
      const message = readMessage(stationMessage, text);
      if (message?.type !== 'hello') return;
      stop();
      clearTimeout(timer);
      socket.off('close', fail);
      resolve({ version: message.protocol, station: message.version });
    });
  });
