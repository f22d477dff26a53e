import { ContractError } from '../../contract/failure.ts';
import type { GroupDecision } from '../../contract/outbox.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { probeAtOnce } from '../store/channels.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import { channelOfFailedGroup, idsOfFailedGroup } from './failed-groups.ts';
import { dismissSignals, lookUpSignal, retrySignals } from './outbox-actions.ts';

/** Others want to write too, while a thousand signals are sent again. */
const mostInOneTransaction = 100;

/** Works on signals, the oldest first, in several transactions; answers with the sum of what they answer. */
const writeInParts = async (
  store: Store,
  signals: readonly { readonly id: number }[],
  work: (transaction: WriteTransaction, ids: readonly number[]) => Promise<number>,
): Promise<number> => {
  const ids = signals.map(({ id }) => id).toSorted((left, right) => left - right);
  let count = 0;
  for (let from = 0; from < ids.length; from += mostInOneTransaction) {
    const some = ids.slice(from, from + mostInOneTransaction);
    count += await store.write((transaction) => work(transaction, some));
  }
  return count;
};

interface Deciding {
  /** The group's key. */
  readonly group: string;
  readonly decision: GroupDecision;
  readonly nowMs: () => number;
  readonly by: string;
}

const decideSome = async (
  transaction: WriteTransaction,
  ids: readonly number[],
  { decision, nowMs, by }: Deciding,
): Promise<unknown> => {
  switch (decision.kind) {
    case 'retry':
      return retrySignals(transaction, ids, nowMs(), by);
    case 'dismiss':
      return dismissSignals(transaction, ids, decision.reason, nowMs(), by);
    case 'lookUp':
      for (const id of ids) await lookUpSignal(transaction, id, nowMs());
  }
};

/** Those that are still in the group and that nobody has in hand just now. */
const stillThere = async (
  { db }: WriteTransaction,
  ids: readonly number[],
  { group, nowMs }: Deciding,
): Promise<readonly number[]> => {
  const rows = await db
    .selectFrom('outbox')
    .select('id')
    .where('id', 'in', ids)
    .where('id', 'in', idsOfFailedGroup(db, group))
    .where((is) => is.or([is('leaseUntilMs', 'is', null), is('leaseUntilMs', '<=', nowMs())]))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
};

/**
 * Does the same with all signals that are in a group now, and answers with how many there were. One that fails again
 * meanwhile is a new row, and is left alone.
 */
export const decideGroup = async (store: Store, deciding: Deciding): Promise<number> => {
  const { group, decision, nowMs } = deciding;
  const [way, rows] = await Promise.all([
    channelOfFailedGroup(store.read, group),
    idsOfFailedGroup(store.read, group).execute(),
  ]);
  if (way === null) return 0;
  if (way.standing === 'maybe' ? decision.kind === 'retry' : decision.kind === 'lookUp') {
    throw new ContractError('conflict', stationLine('groupNotUnseen'));
  }
  if (way.standing === 'stopped') {
    if (decision.kind !== 'retry') throw new ContractError('conflict', stationLine('groupHasNotFailed'));
    // They all wait for the same: one probe decides for them.
    await store.write((transaction) => probeAtOnce(transaction, way.connectionId, way.channel, nowMs()));
    return rows.length;
  }
  return writeInParts(store, rows, async (transaction, some) => {
    const there = await stillThere(transaction, some, deciding);
    await decideSome(transaction, there, deciding);
    return there.length;
  });
};

/** Sends every problem again, whatever its cause; answers with how many there were. */
export const retryProblems = async (store: Store, nowMs: () => number, by: string): Promise<number> => {
  const problems = await store.read.selectFrom('outbox').select('id').where('state', '=', 'problem').execute();
  return writeInParts(store, problems, async (transaction, some) => {
    const still = await transaction.db
      .selectFrom('outbox')
      .select('id')
      .where('id', 'in', some)
      .where('state', '=', 'problem')
      .execute();
    const retried = await retrySignals(
      transaction,
      still.map(({ id }) => id),
      nowMs(),
      by,
    );
    return retried.length;
  });
};
