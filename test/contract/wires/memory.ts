import { createClient } from '../../../main/contract/client.ts';
import { createMemoryWires } from '../../../main/contract/memory-wire.ts';
import type { OpenWire } from './opened-wire.ts';

export const openMemoryWire: OpenWire = async (accept) => {
  const { client, station } = createMemoryWires();
  const connected = createClient(client);
  accept(station);
  return { ...connected, wire: client, end: () => station.close(), dispose: async () => client.close() };
};
