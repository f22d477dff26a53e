import { type Client, contract, protocolVersion } from './contract.ts';
import { ContractError } from './failure.ts';
import { type ClientMessage, readMessage, stationMessage } from './messages.ts';
import type { Wire } from './wire.ts';

interface Pending {
  resolve(output: unknown): void;
  reject(error: ContractError): void;
}

/** A client and the way to know when its wire has ended: then every open call has been rejected as `unreachable`. */
export interface ConnectedClient {
  readonly client: Client;
  readonly closed: Promise<void>;
}

/** Builds the client face of the contract over a wire. Failures reject as ContractError; nothing else is thrown. */
export const createClient = (wire: Wire): ConnectedClient => {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  // A page may open a second client on the wire of a first: a late answer must not reach the wrong call.
  let lastId = Math.floor(Math.random() * 2 ** 40);
  let ended: ContractError | null = null;

  const send = (message: ClientMessage): void => wire.send(JSON.stringify(message));

  const end = (error: ContractError): void => {
    ended ??= error;
    for (const call of pending.values()) call.reject(ended);
    pending.clear();
  };

  wire.onMessage((text) => {
    const message = readMessage(stationMessage, text);
    if (message === null) return;
    switch (message.type) {
      case 'hello':
        if (message.protocol !== protocolVersion) {
          end(new ContractError('conflict', `the station is version ${message.version}: load this page again`));
        }
        return;
      case 'result':
        pending.get(message.id)?.resolve(message.output);
        pending.delete(message.id);
        return;
      case 'failure':
        pending.get(message.id)?.reject(ContractError.from(message.failure));
        pending.delete(message.id);
        return;
      case 'event':
        for (const listener of listeners.get(message.event) ?? []) listener(message.payload);
        return;
    }
  });

  const closed = new Promise<void>((resolve) => {
    wire.onClose(() => {
      end(new ContractError('unreachable', 'the station cannot be reached', true));
      resolve();
    });
  });

  const callStation = (name: string, input: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(ended);
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      send({ type: 'call', id: lastId, call: name, input });
    });

  const listen = (name: string, listener: (payload: unknown) => void): (() => void) => {
    const known = listeners.get(name) ?? new Set();
    if (known.size === 0) send({ type: 'subscribe', event: name });
    known.add(listener);
    listeners.set(name, known);
    return () => {
      known.delete(listener);
      if (known.size === 0 && ended === null) send({ type: 'unsubscribe', event: name });
    };
  };

  const face = Object.fromEntries(
    Object.entries(contract).map(([group, members]) => [
      group,
      Object.fromEntries(
        Object.entries(members).map(([name, definition]) =>
          definition.type === 'call'
            ? [name, (input: unknown) => callStation(`${group}.${name}`, input)]
            : [
                `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
                (listener: (payload: unknown) => void) => listen(`${group}.${name}`, listener),
              ],
        ),
      ),
    ]),
  );
  // The face is computed from the very object that its type is computed from.
  return { client: face as unknown as Client, closed };
};
