import { expect, it } from 'vitest';
import { createClient } from '../../../main/contract/client.ts';
import { createMemoryWires } from '../../../main/contract/memory-wire.ts';
import { ContractServer, type EventSource } from '../../../main/contract/server.ts';
import { createStandInStation } from '../../contract/stand-in/stand-in-station.ts';
import { noDesktop } from '../../support/no-desktop.ts';
import { noTrainingCalls } from '../../support/no-training.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('a station is listened to only while somebody wants to hear of it', async () => {
  const listeners = new Set<unknown>();
  const events: EventSource = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const wires = createMemoryWires();
  const { handlers, access } = createStandInStation();
  const server = new ContractServer({
    handlers: { ...handlers, desktop: noDesktop, training: noTrainingCalls },
    access,
    events,
    version: '1',
    onUnexpected: () => undefined,
  });
  server.serve(wires.station, { by: 'screen' });
  const { client } = createClient(wires.client);
  await turn();
  expect(listeners.size, 'a wire alone').toBe(0);

  const stopOrders = client.orders.onChanged(() => undefined);
  const stopFiles = client.files.onChanged(() => undefined);
  await turn();
  expect(listeners.size, 'two events of one wire').toBe(1);
  stopOrders();
  await turn();
  expect(listeners.size, 'one is still wanted').toBe(1);
  stopFiles();
  await turn();
  expect(listeners.size, 'none is wanted any more').toBe(0);

  client.orders.onChanged(() => undefined);
  await turn();
  wires.client.close();
  expect(listeners.size, 'the wire has ended').toBe(0);
});
