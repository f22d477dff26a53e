import { hash } from 'node:crypto';
import type { JobSighting } from '../domain/job-sighting.ts';
import { settleMade } from '../outbox/settle-made.ts';
import { refreshProgressOfOrders } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { applySighting } from './apply-sighting.ts';
import type { HeardBy, JobContext } from './job-context.ts';
import { jobOfItsLine } from './job-of-line.ts';
import { insertJob, type JobRow, jobColumns } from './job-rows.ts';
import { isFinalState, leavesOpen, nextCheckAtMs } from './job-timing.ts';
import { jobReplacedBy, replaceJob } from './replace-job.ts';

/** What sightings told that was not known. */
export interface SightingNews {
  /** Jobs that were not here. */
  readonly missing: number;
  /** Known open jobs that have ended. */
  readonly ended: number;
  /** There are new files to fetch. */
  readonly files: boolean;
}

/** A platform's clock may be this far behind ours. */
const clockSkewMs = 5 * 60_000;

const hashOf = (sighting: JobSighting): string =>
  `${sighting.state}:${hash('sha256', JSON.stringify(sighting), 'base64')}`;

/**
 * A sighting that leaves something open asks for a check, unless the result of this very state is known already and this
 * is the first outline of it.
 */
const needsCheck = (row: JobRow, sighting: JobSighting, heardBy: HeardBy): boolean => {
  const known = row.state === sighting.state && row.sightingHash !== '';
  return leavesOpen(sighting, heardBy) && !(known && !row.outlineHash.startsWith(`${sighting.state}:`));
};

const byName = new Intl.Collator('en', { numeric: true });

/** Those that were made in the same moment by their ids: some platforms count these. */
const byAge = (left: JobSighting, right: JobSighting): number =>
  (left.createdAtMs ?? Number.MAX_SAFE_INTEGER) - (right.createdAtMs ?? Number.MAX_SAFE_INTEGER) ||
  byName.compare(left.externalId, right.externalId);

/** An outline is compared with the last one that was heard unasked: a check in between has told more, and it stays. */
const isKnown = (row: JobRow, { files }: JobSighting, heardBy: HeardBy, sightingHash: string): boolean =>
  files === null ? heardBy !== 'check' && row.outlineHash === sightingHash : row.sightingHash === sightingHash;

const knownJobs = async (
  { db }: WriteTransaction,
  connectionId: string,
  sightings: readonly JobSighting[],
): Promise<Map<string, JobRow>> => {
  const rows = await db
    .selectFrom('jobs')
    .select(jobColumns)
    .where('connectionId', '=', connectionId)
    .where(
      'externalId',
      'in',
      sightings.map(({ externalId }) => externalId),
    )
    .execute();
  return new Map(rows.flatMap((row) => (row.externalId === null ? [] : [[row.externalId, row] as const])));
};

/** A command of ours whose answer has not come, or was lost, and that may have made this job. */
const requestedJob = async (
  transaction: WriteTransaction,
  { connection, nowMs }: Pick<JobContext, 'connection' | 'nowMs'>,
  sighting: JobSighting,
): Promise<JobRow | undefined> => {
  const connectionId = connection.id;
  const { matchKey, createdAtMs } = sighting;
  if (matchKey === null) return undefined;
  const rows = await transaction.db
    .selectFrom('jobs')
    .select(jobColumns)
    .where('connectionId', '=', connectionId)
    .where('externalId', 'is', null)
    .where('matchKey', '=', matchKey)
    .orderBy('id')
    .execute();
  const fitting = rows.filter(
    (row) =>
      createdAtMs === null ||
      createdAtMs >= row.knownSinceMs - clockSkewMs ||
      // Asked for by a clock that was ahead: its time tells nothing.
      row.knownSinceMs > nowMs,
  );
  return jobOfItsLine(transaction, fitting, sighting);
};

const jobFor = async (
  transaction: WriteTransaction,
  context: JobContext,
  sighting: JobSighting,
  known: Map<string, JobRow>,
): Promise<{ readonly row: JobRow; readonly isNew: boolean; readonly wasRequested: boolean }> => {
  const row = known.get(sighting.externalId);
  if (row !== undefined) return { row, isNew: false, wasRequested: false };
  const { externalId } = sighting;
  const { connection, nowMs } = context;
  const requested = await requestedJob(transaction, context, sighting);
  const replaced = requested === undefined ? await jobReplacedBy(transaction, connection.id, sighting) : null;
  const found =
    requested ??
    (replaced === null
      ? await insertJob(transaction, { connectionId: connection.id, externalId, nowMs })
      : await replaceJob(transaction, replaced, externalId, nowMs));
  known.set(externalId, found);
  const wasRequested = requested !== undefined;
  return { row: found, isNew: !wasRequested && replaced === null, wasRequested };
};

/** Sightings that say nothing new only put off the next check, all in two statements. */
const noteSeen = async (
  { db }: WriteTransaction,
  context: JobContext,
  seen: readonly { readonly row: JobRow; readonly sighting: JobSighting }[],
): Promise<void> => {
  const { heardBy } = context;
  // A check that is due already stays due: the list has said nothing that would answer it. The check itself has its answer.
  const told = seen.filter(
    ({ row, sighting }) => heardBy === 'check' || (!leavesOpen(sighting, heardBy) && row.orderId !== null),
  );
  const byDue = Map.groupBy(told, ({ row, sighting }) =>
    timing(context, row, sighting, { hasOrder: row.orderId !== null, needsCheck: leavesOpen(sighting, heardBy) }),
  );
  for (const [nextAtMs, same] of byDue) {
    const checked = context.heardBy === 'check' ? { lastCheckedAtMs: context.nowMs } : {};
    await db
      .updateTable('jobs')
      .set({ nextAtMs, lastSeenAtMs: context.nowMs, ...checked })
      .where(
        'id',
        'in',
        same.map(({ row }) => row.id),
      )
      .execute();
  }
};

const timing = (
  context: JobContext,
  row: JobRow,
  sighting: JobSighting,
  asks: { readonly hasOrder: boolean; readonly needsCheck: boolean },
): number | null =>
  nextCheckAtMs({
    sighting,
    heardBy: context.heardBy,
    ...asks,
    nowMs: context.nowMs,
    knownSinceMs: row.knownSinceMs,
    lastCheckedAtMs: context.heardBy === 'check' ? context.nowMs : row.lastCheckedAtMs,
    leastCheckEveryMs: context.connection.platform.jobs?.leastCheckEveryMs ?? 60_000,
    pollSeconds: context.connection.common.pollSeconds,
  });

/**
 * Applies what a platform said of jobs, whichever way it was heard: unknown jobs are taken in with their orders, states
 * and problems noted, results queued for fetching. What was known already changes nothing.
 */
export const applySightings = async (
  transaction: WriteTransaction,
  context: JobContext,
  sightings: readonly JobSighting[],
): Promise<SightingNews> => {
  if (sightings.length === 0) return { missing: 0, ended: 0, files: false };
  const known = await knownJobs(transaction, context.connection.id, sightings);
  const unchanged: { row: JobRow; sighting: JobSighting }[] = [];
  const orderIds = new Set<number>();
  const made: number[] = [];
  let missing = 0;
  let ended = 0;
  let files = false;
  // A list has the newest first; lines are numbered, and commands find their jobs, in the order in which these were made.
  for (const sighting of sightings.toSorted(byAge)) {
    const sightingHash = hashOf(sighting);
    const { row, isNew, wasRequested } = await jobFor(transaction, context, sighting, known);
    if (isKnown(row, sighting, context.heardBy, sightingHash)) {
      unchanged.push({ row, sighting });
      continue;
    }
    const applied = await applySighting(transaction, context, row, sighting, {
      sightingHash,
      nextAtMs: (hasOrder) =>
        timing(context, row, sighting, { hasOrder, needsCheck: needsCheck(row, sighting, context.heardBy) }),
    });
    known.set(sighting.externalId, applied.row);
    if (wasRequested) made.push(row.id);
    if (applied.row.orderId !== null) orderIds.add(applied.row.orderId);
    missing += isNew ? 1 : 0;
    ended += !isNew && !isFinalState(row.state) && isFinalState(sighting.state) ? 1 : 0;
    files ||= applied.files;
  }
  await noteSeen(transaction, context, unchanged);
  await settleMade(transaction, made, context.nowMs);
  await refreshProgressOfOrders(transaction, [...orderIds]);
  return { missing, ended, files };
};
