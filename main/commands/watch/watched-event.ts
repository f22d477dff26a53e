import type { Client, Contract, EventName } from '../../contract/contract.ts';
import type { EventPayloadOf } from '../../contract/define.ts';

/** An event of the contract with its name, in one value. */
export type WatchedEvent = {
  [Name in EventName]: { readonly event: Name; readonly payload: EventPayloadOf<Contract, Name> };
}[EventName];

/** Tells `listener` every event of the station, under its full name. */
export const listenToAll = (client: Client, listener: (event: WatchedEvent) => void): void => {
  client.station.onChanged((payload) => listener({ event: 'station.changed', payload }));
  client.connections.onChanged((payload) => listener({ event: 'connections.changed', payload }));
  client.orders.onChanged((payload) => listener({ event: 'orders.changed', payload }));
  client.files.onChanged((payload) => listener({ event: 'files.changed', payload }));
  client.files.onProgress((payload) => listener({ event: 'files.progress', payload }));
  client.outbox.onChanged((payload) => listener({ event: 'outbox.changed', payload }));
  client.hotFolders.onChanged((payload) => listener({ event: 'hotFolders.changed', payload }));
  client.actions.onChanged((payload) => listener({ event: 'actions.changed', payload }));
  client.jobs.onChanged((payload) => listener({ event: 'jobs.changed', payload }));
};
