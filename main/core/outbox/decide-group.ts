import { ContractError } from '../../contract/failure.ts';
import type { GroupDecision } from '../../contract/outbox.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { probeAtOnce } from '../store/channels.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import { channelOfFailedGroup, idsOfFailedGroup } from './failed-groups.ts';
import { dismissSignals, lookUpSignal, retrySignals } from './outbox-actions.ts';

/** Others want to write too, while a thousand signals are sent again. */
const mostInOneTransaction = 100;

const inParts = async (ids: readonly number[], work: (some: readonly number[]) => Promise<number>): Promise<number> => {
  const sorted = ids.toSorted((left, right) => left - right);
  let count = 0;
  for (let from = 0; from < sorted.length; from += mostInOneTransaction) {
    count += await work(sorted.slice(from, from + mostInOneTransaction));
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
  const ids = rows.map(({ id }) => id);
  return inParts(ids, (some) =>
    store.write(async (transaction) => {
      const there = await stillThere(transaction, some, deciding);
      await decideSome(transaction, there, deciding);
      return there.length;
    }),
  );
};

/** Sends every problem again, whatever its cause; answers with how many there were. */
export const retryProblems = async (store: Store, nowMs: () => number, by: string): Promise<number> => {
  const problems = await store.read.selectFrom('outbox').select('id').where('state', '=', 'problem').execute();
  const ids = problems.map(({ id }) => id);
  return inParts(ids, (some) =>
    store.write(async (transaction) => {
      const still = await transaction.db
        .selectFrom('outbox')
        .select('id')
        .where('id', 'in', some)
        .where('state', '=', 'problem')
        .execute();
      const sent = still.map(({ id }) => id);
      return (await retrySignals(transaction, sent, nowMs(), by)).length;
    }),
  );
};
