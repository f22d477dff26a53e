import { type Channel, newChannel } from '../work/channel.ts';
import { appendHistory } from './history.ts';
import type { Reader, WriteTransaction } from './store.ts';

/** The stored state of a way to a platform; a new one is open. */
export const readChannel = async (db: Reader, connectionId: string, name: string, nowMs: number): Promise<Channel> => {
  const row = await db
    .selectFrom('channels')
    .selectAll()
    .where('connectionId', '=', connectionId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row ?? newChannel(nowMs);
};

/** Who asks for a retry wants it now: a channel that waits, or that the platform refuses, gets its next probe at once. */
export const probeAtOnce = async (
  { db, touched }: WriteTransaction,
  connectionId: string,
  name: string,
  nowMs: number,
): Promise<void> => {
  await db
    .updateTable('channels')
    .set({ nextTryAtMs: nowMs })
    .where('connectionId', '=', connectionId)
    .where('name', '=', name)
    .where('state', 'in', ['waiting', 'alarm'])
    .execute();
  touched.connections.add(connectionId);
};

/** While a channel stays open, when it was last reached is written at most this often. */
const reachedResolutionMs = 1_000;

const worthWriting = (before: Channel, after: Channel): boolean =>
  before.state !== after.state ||
  before.nextTryAtMs !== after.nextTryAtMs ||
  before.problem !== after.problem ||
  before.failures !== after.failures ||
  (after.lastReachedAtMs ?? 0) - (before.lastReachedAtMs ?? 0) >= reachedResolutionMs;

/** Writes a channel's new state; a change of state is a line of history. Answers whether the state changed. */
export const writeChannel = async (
  transaction: WriteTransaction,
  connectionId: string,
  name: string,
  before: Channel,
  after: Channel,
  nowMs: number,
): Promise<boolean> => {
  if (!worthWriting(before, after)) return false;
  const values = {
    state: after.state,
    sinceMs: after.sinceMs,
    nextTryAtMs: after.nextTryAtMs,
    failures: after.failures,
    lastReachedAtMs: after.lastReachedAtMs,
    problem: after.problem,
  };
  await transaction.db
    .insertInto('channels')
    .values({ connectionId, name, ...values })
    .onConflict((conflict) => conflict.columns(['connectionId', 'name']).doUpdateSet(values))
    .execute();
  transaction.touched.connections.add(connectionId);
  if (before.state === after.state) return false;
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: `channel.${after.state}`,
      evidence: 'stationDid',
      connectionId,
      detail: { channel: name, problem: after.problem },
    },
  ]);
  return true;
};
