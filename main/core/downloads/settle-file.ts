import type { Evidence } from '../../contract/history.ts';
import { readChannel, writeChannel } from '../store/channels.ts';
import { appendHistory, type NewHistoryEntry } from '../store/history.ts';
import { refreshProgress } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { AttemptOutcome } from './authorized-transfer.ts';
import { channelNameOf, type DownloadRow } from './download-rows.ts';
import { type AttemptRecord, type FileEnd, planSettle, type SettleTimes, type TransferFacts } from './settle-plan.ts';

export interface SettleDeps {
  readonly platformName: string;
  readonly times: SettleTimes;
  /** What follows from a ready file, in the same transaction. */
  onReady(transaction: WriteTransaction, fileId: number): Promise<void>;
}

/** Commits how a transfer ended: the file, the attempt, the channel, the history and the item's facts together. */
export const settleFile = async (
  transaction: WriteTransaction,
  row: DownloadRow,
  outcome: AttemptOutcome,
  deps: SettleDeps,
): Promise<FileEnd> => {
  const { times } = deps;
  const channelName = channelNameOf(row.sourceHost);
  const channel = await readChannel(transaction.db, row.connectionId, channelName, times.nowMs);
  const facts = await readFacts(transaction, row, outcome, times);
  const plan = planSettle({ row, outcome, channel, facts, times, platformName: deps.platformName });
  await writeFileRow(transaction, row, outcome, plan.end, times.nowMs);
  if (plan.attempt !== null) await writeAttempt(transaction, row, plan.attempt, times);
  await writeChannel(transaction, row.connectionId, channelName, channel, plan.channel, times.nowMs);
  await appendHistory(transaction, historyOf(row, outcome, plan.end, times.nowMs));
  transaction.touched.files.add(row.id);
  if (plan.end.kind === 'ready') {
    await noteItemReady(transaction, row, times.nowMs);
    await deps.onReady(transaction, row.id);
  }
  if (plan.end.kind === 'ready' || plan.end.kind === 'problem') await refreshProgress(transaction, row.orderId);
  return plan.end;
};

const noFacts: TransferFacts = { localFailures: 0, refusals: 0, othersDelivered: false, othersQueued: false };

/** Looks up what the decision needs, and nothing when it needs nothing. */
const readFacts = async (
  { db }: WriteTransaction,
  row: DownloadRow,
  outcome: AttemptOutcome,
  times: SettleTimes,
): Promise<TransferFacts> => {
  if (outcome.kind !== 'failed' && outcome.kind !== 'unauthorized') return noFacts;
  const failureClass = outcome.failure.class;
  if (failureClass !== 'local' && failureClass !== 'refused') return noFacts;
  const retried = await db
    .selectFrom('events')
    .select((query) => query.fn.max('atMs').as('atMs'))
    .where('orderId', '=', row.orderId)
    .where('fileId', '=', row.id)
    .where('code', '=', 'file.retried')
    .executeTakeFirst();
  const earlier = await db
    .selectFrom('attempts')
    .select(['outcome', 'atMs'])
    .where('fileId', '=', row.id)
    .where('atMs', '>=', retried?.atMs ?? 0)
    .orderBy('id')
    .execute();
  const refused = earlier.filter((attempt) => attempt.outcome === 'refused');
  const others = db
    .selectFrom('files')
    .select('id')
    .where('connectionId', '=', row.connectionId)
    .where('sourceHost', '=', row.sourceHost)
    .where('id', '!=', row.id)
    .orderBy('id', 'desc')
    .limit(1);
  const sinceMs = refused[0]?.atMs ?? times.startedAtMs;
  // A file that anybody may have says nothing of the credentials.
  const delivered = others
    .where('needsToken', '=', row.needsToken)
    .where('state', '=', 'ready')
    .where('readyAtMs', '>=', sinceMs);
  const queued = others.where('state', '=', 'queued').where('nextAtMs', '<=', times.nowMs);
  return {
    localFailures: earlier.filter((attempt) => attempt.outcome === 'local').length,
    refusals: refused.length,
    othersDelivered: failureClass === 'refused' && (await delivered.executeTakeFirst()) !== undefined,
    othersQueued: failureClass === 'refused' && (await queued.executeTakeFirst()) !== undefined,
  };
};

/** Fetched whole, and not what it should be. */
const isWrongFile = (outcome: AttemptOutcome): outcome is AttemptOutcome & { readonly kind: 'mismatch' | 'broken' } =>
  outcome.kind === 'mismatch' || outcome.kind === 'broken';

const writeFileRow = async (
  { db }: WriteTransaction,
  row: DownloadRow,
  outcome: AttemptOutcome,
  end: FileEnd,
  nowMs: number,
): Promise<void> => {
  const released = { leaseOwner: null, leaseUntilMs: null };
  const update = db.updateTable('files').set(released).where('id', '=', row.id);
  switch (end.kind) {
    case 'ready':
      await update
        .set({
          state: 'ready',
          receivedBytes: end.bytes,
          md5: end.md5,
          sha256: end.sha256,
          verification: end.verification,
          validator: null,
          nextAtMs: null,
          readyAtMs: nowMs,
        })
        .execute();
      return;
    case 'queued':
      await update.set({ state: 'queued', ...end.left }).execute();
      return;
    case 'waiting':
    case 'problem':
      await update
        .set({
          state: end.kind,
          problem: end.problem,
          problemCode: end.code,
          nextAtMs: end.nextAtMs,
          ...end.left,
          ...(isWrongFile(outcome) ? { mismatches: row.mismatches + 1, md5: outcome.foundMd5 } : {}),
        })
        .execute();
  }
};

const writeAttempt = async (
  { db }: WriteTransaction,
  row: DownloadRow,
  attempt: AttemptRecord,
  { startedAtMs, nowMs }: SettleTimes,
): Promise<void> => {
  await db
    .insertInto('attempts')
    .values({ fileId: row.id, atMs: startedAtMs, durationMs: Math.max(0, nowMs - startedAtMs), ...attempt })
    .execute();
};

const historyOf = (row: DownloadRow, outcome: AttemptOutcome, end: FileEnd, nowMs: number): NewHistoryEntry[] => {
  const entry = (code: string, evidence: Evidence, detail: NonNullable<NewHistoryEntry['detail']>) => ({
    atMs: nowMs,
    code,
    evidence,
    orderId: row.orderId,
    itemId: row.itemId,
    fileId: row.id,
    connectionId: row.connectionId,
    detail: { role: row.role, ...detail },
  });
  const entries: NewHistoryEntry[] = [];
  if (isWrongFile(outcome)) {
    const { foundBytes, foundMd5 } = outcome;
    const { expectedBytes, expectedMd5 } = row;
    const found = { expectedMd5, foundMd5, expectedBytes, foundBytes };
    const more = outcome.kind === 'broken' ? { problem: outcome.problem } : {};
    entries.push(entry('file.mismatch', 'stationDid', { ...found, ...more }));
  }
  if (end.kind === 'ready') {
    const { bytes, verification } = end;
    const evidence = verification === 'size+md5' ? 'hashMatched' : 'stationDid';
    entries.push(entry('file.ready', evidence, { bytes, verification }));
  } else if (end.kind === 'problem') {
    entries.push(entry('file.problem', end.evidence, { code: end.code, problem: end.problem }));
  } else if (end.kind === 'waiting' && !isWrongFile(outcome) && end.code !== row.problemCode) {
    entries.push(entry('file.waiting', end.evidence, { code: end.code, problem: end.problem }));
  }
  return entries;
};

/** An item is print-ready when its last file is. */
const noteItemReady = async (transaction: WriteTransaction, row: DownloadRow, nowMs: number): Promise<void> => {
  const { db } = transaction;
  if (row.itemId === null) return;
  const files = await db
    .selectFrom('files')
    .select(['state', 'verification'])
    .where('itemId', '=', row.itemId)
    .execute();
  if (files.some((file) => file.state !== 'ready')) return;
  const { numUpdatedRows } = await db
    .updateTable('items')
    .set({ printReadyAtMs: nowMs })
    .where('id', '=', row.itemId)
    .where('printReadyAtMs', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'item.printReady',
      evidence: files.every((file) => file.verification === 'size+md5') ? 'hashMatched' : 'stationDid',
      orderId: row.orderId,
      itemId: row.itemId,
      connectionId: row.connectionId,
      detail: { files: files.length },
    },
  ]);
};
