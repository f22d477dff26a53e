import type { Client } from '../../../main/contract/contract.ts';
import { median, rounded } from '../statistics.ts';
import { connectionId, externalIdOf } from './seed-floor.ts';

const runs = 5;

const timeMs = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

const timesMs = async (work: (run: number) => Promise<unknown>): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await timeMs(() => work(run)));
  return times;
};

export interface BigQuestions {
  readonly firstPageMs: number;
  readonly todayMs: number;
  /** A name that thousands have, and the reference of one order. */
  readonly searchManyMs: number;
  readonly searchOneMs: number;
  /** A note that is written down while a search runs, and one while none does. */
  readonly noteMs: number;
  readonly noteDuringSearchMs: number;
  readonly noteDuringTodayMs: number;
}

/** How long the station takes to answer what has to look at all orders, and how long others wait meanwhile. Medians of five. */
export const askBigQuestions = async (client: Client): Promise<BigQuestions> => {
  const search = (words: string) => client.orders.list({ openOnly: true, search: words, offset: 0, limit: 300 });
  const note = (run: number) =>
    client.orders.addNote({ order: `${connectionId}:${externalIdOf(run + 1)}`, text: `note ${run}` });
  const today = () => client.today.get({ timeZone: 'Europe/Copenhagen' });
  const noteDuring = (work: () => Promise<unknown>) =>
    timesMs(async (run) => {
      const working = work();
      await note(run);
      void working.catch(() => undefined);
    });
  const medianMs = async (times: Promise<readonly number[]>): Promise<number> => rounded(median(await times));
  return {
    firstPageMs: await medianMs(timesMs(() => client.orders.list({ openOnly: true, offset: 0, limit: 300 }))),
    todayMs: await medianMs(timesMs(today)),
    searchManyMs: await medianMs(timesMs(() => search('fjord'))),
    searchOneMs: await medianMs(timesMs((run) => search(`REF-${90_001 + run}`))),
    noteMs: await medianMs(timesMs(note)),
    noteDuringSearchMs: await medianMs(noteDuring(() => search('REF-77777'))),
    noteDuringTodayMs: await medianMs(noteDuring(today)),
  };
};
