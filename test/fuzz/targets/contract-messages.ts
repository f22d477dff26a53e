import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { contract } from '../../../main/contract/contract.ts';
import { createMemoryWires } from '../../../main/contract/memory-wire.ts';
import { readMessage, stationMessage } from '../../../main/contract/messages.ts';
import { ContractServer } from '../../../main/contract/server.ts';
import { createStandInStation } from '../../contract/stand-in/stand-in-station.ts';
import { noDesktop } from '../../support/no-desktop.ts';
import { noTrainingCalls } from '../../support/no-training.ts';
import { type FuzzTarget, insist, openFuzz } from '../fuzz-target.ts';
import { mutatedJson } from '../mutate/json.ts';
import { nastyText } from '../mutate/nasty-texts.ts';

const calls = Object.entries(contract).flatMap(([group, members]) =>
  Object.keys(members).map((member) => `${group}.${member}`),
);

const input = {
  id: 1,
  order: 'cp:900000010000',
  ids: [1, 2],
  offset: 0,
  limit: 10,
  states: ['ready'],
  connection: 'cp',
  settings: { timeZone: 'UTC' },
  lines: [{ template: 'Card', order: 'SO-1', copies: 1, title: '' }],
};
const samples = calls.map((call, index) => ({ type: 'call', id: index, call, input }));
const texts = fc.oneof(
  { weight: 6, arbitrary: mutatedJson(...samples, { type: 'subscribe', event: 'orders.changed' }) },
  { weight: 1, arbitrary: nastyText },
);

/** A message that is none is left alone, and a call is answered; after each the wire still answers. */
export const contractMessages: FuzzTarget = {
  name: 'contract messages',
  runsInTests: 250,
  open: async () => {
    const wires = createMemoryWires();
    const { handlers, access } = createStandInStation();
    const server = new ContractServer({
      handlers: { ...handlers, desktop: noDesktop, training: noTrainingCalls },
      access,
      events: { subscribe: () => () => undefined },
      version: '1',
      // The stand-in implements what screens need; that it fails is no matter here, that the server does is.
      onUnexpected: () => undefined,
    });
    const answered = new Set<number>();
    wires.client.onMessage((text) => {
      const message = readMessage(stationMessage, text);
      if (message?.type === 'result' || message?.type === 'failure') answered.add(message.id);
    });
    server.serve(wires.station, { by: 'screen' });
    const feed = async (text: string): Promise<void> => {
      const probe = 2 ** 52;
      answered.delete(probe);
      wires.client.send(text);
      wires.client.send(JSON.stringify({ type: 'call', id: probe, call: 'no.such', input: {} }));
      for (let turns = 0; turns < 100 && !answered.has(probe); turns += 1) await turn();
      insist(answered.has(probe), 'the wire does not answer any more');
    };
    return openFuzz(texts, feed, async () => wires.client.close());
  },
};
