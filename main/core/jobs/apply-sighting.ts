import type { JobSighting } from '../domain/job-sighting.ts';
import { appendHistory, type NewHistoryEntry } from '../store/history.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { JobContext } from './job-context.ts';
import type { JobRow } from './job-rows.ts';
import { replaceWithoutItems } from './replace-job.ts';
import { type ItemOfFiles, takeInFiles } from './take-in-files.ts';
import { addItems, fillInOrder, takeInOrder } from './take-in-order.ts';

export interface Applied {
  readonly row: JobRow;
  /** There may be new files to fetch. */
  readonly files: boolean;
}

export interface SightingMarks {
  readonly sightingHash: string;
  nextAtMs(hasOrder: boolean): number | null;
}

const itemsOf = ({ db }: WriteTransaction, jobId: number) =>
  db
    .selectFrom('items')
    .select(['id', 'orderId', 'externalId', 'number', 'title', 'product', 'copies', 'shippedAtMs'])
    .where('jobId', '=', jobId)
    .orderBy('number')
    .execute();

/** Links the items that the job makes to it, adding those that the order does not have. */
const takeInItems = async (
  transaction: WriteTransaction,
  context: JobContext,
  orderId: number,
  jobId: number,
  sighting: JobSighting,
): Promise<void> => {
  const { db } = transaction;
  const { work } = sighting;
  if (work === null) return;
  const linked = await itemsOf(transaction, jobId);
  // What this station had made has the shop's own line ids: the platform's are others for the same thing.
  if (linked.length > 0 && linked.length === work.items.length) return;
  const inOrder = await db
    .selectFrom('items')
    .leftJoin('jobs', 'jobs.id', 'items.jobId')
    .select(['items.id', 'items.externalId', 'items.jobId as holderId', 'jobs.createdAtMs as holderMadeAtMs'])
    .where('items.orderId', '=', orderId)
    .execute();
  const ofJob = new Set(work.items.map(({ externalId }) => externalId));
  const ofOthers = inOrder.filter(({ externalId, holderId }) => ofJob.has(externalId) && holderId !== jobId);
  // Somebody may have had a line made again at the platform: whatever order they are told in, the later job counts.
  const isLater = (atMs: number | null): boolean => (atMs ?? 0) > (sighting.createdAtMs ?? atMs ?? 0);
  const later = ofOthers.find(({ holderMadeAtMs }) => isLater(holderMadeAtMs));
  const taken = ofOthers.filter(({ holderMadeAtMs }) => !isLater(holderMadeAtMs));
  for (const { id } of taken) await db.updateTable('items').set({ jobId }).where('id', '=', id).execute();
  const displaced = new Set(taken.flatMap(({ holderId }) => holderId ?? []));
  for (const id of displaced) await replaceWithoutItems(transaction, id, jobId);
  if (later?.holderId != null) await replaceWithoutItems(transaction, jobId, later.holderId);
  const inOrderIds = new Set(inOrder.map(({ externalId }) => externalId));
  const added = work.items.filter(({ externalId }) => !inOrderIds.has(externalId));
  if (added.length > 0) await addItems(transaction, context, orderId, jobId, added);
};

const takeInResult = async (
  transaction: WriteTransaction,
  context: JobContext,
  jobId: number,
  sighting: JobSighting,
): Promise<'none' | 'taken' | 'busy'> => {
  // A job of several items may have failed for some of them: what the others have is fetched.
  if (sighting.files === null || sighting.files.length === 0) return 'none';
  const items: readonly ItemOfFiles[] = await itemsOf(transaction, jobId);
  const [first] = items;
  if (first === undefined) return 'none';
  let busy = false;
  const byItem = Map.groupBy(
    sighting.files,
    (file) => items.find((item) => item.externalId === file.itemExternalId) ?? first,
  );
  for (const [item, files] of byItem) {
    busy = !(await takeInFiles(transaction, context, item, jobId, files)) || busy;
  }
  return busy ? 'busy' : 'taken';
};

/** What the platform has shipped itself is shipped here. */
const noteShipped = async ({ db }: WriteTransaction, jobId: number, sighting: JobSighting): Promise<void> => {
  if (sighting.shipped === null) return;
  await db
    .updateTable('items')
    .set({ shippedAtMs: sighting.shipped.atMs })
    .where('jobId', '=', jobId)
    .where('shippedAtMs', 'is', null)
    .where('cancelledAtMs', 'is', null)
    .execute();
};

const historyOf = (
  { nowMs, connection }: JobContext,
  before: JobRow,
  orderId: number | null,
  sighting: JobSighting,
): NewHistoryEntry[] => {
  if (before.state === sighting.state && before.problem === (sighting.problem?.text ?? null)) return [];
  return [
    {
      atMs: nowMs,
      code: `job.${sighting.state}`,
      evidence: 'platformSaid',
      orderId,
      connectionId: connection.id,
      detail: {
        job: sighting.externalId,
        status: sighting.statusText,
        problem: sighting.problem?.text ?? null,
      },
    },
  ];
};

/**
 * By what it is known that nothing new is said. A result that waits for a transfer is looked at again, as if it were new;
 * that of another state is none of this one.
 */
const marked = ({ heardBy }: JobContext, before: JobRow, { files, state }: JobSighting, hash: string) => {
  if (files !== null) return { sightingHash: hash };
  return {
    ...(heardBy === 'check' ? {} : { outlineHash: hash }),
    ...(before.state === state ? {} : { sightingHash: '' }),
  };
};

/** What a list says in passing of a state whose details are known: it does not take their place. */
const isInPassing = ({ heardBy }: JobContext, before: JobRow, { files, state }: JobSighting): boolean =>
  heardBy === 'list' && files === null && before.state === state && before.sightingHash !== '';

/** What a list says in passing answers no question: a check that somebody asked for is not put off by it. */
const dueAfter = (
  { heardBy }: JobContext,
  before: JobRow,
  { files }: JobSighting,
  nextAtMs: number | null,
): number | null =>
  heardBy === 'list' && files === null && before.nextAtMs !== null
    ? Math.min(before.nextAtMs, nextAtMs ?? before.nextAtMs)
    : nextAtMs;

/** Of an order whose personal data are deleted nothing comes back but how its job stands: lists name old orders for ever. */
const withoutDeleted = async (
  { db }: WriteTransaction,
  orderId: number | null,
  sighting: JobSighting,
): Promise<JobSighting> => {
  if (orderId === null) return sighting;
  const { closedAtMs, personalDeletedAtMs } = await db
    .selectFrom('orders')
    .select(['closedAtMs', 'personalDeletedAtMs'])
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  const isDeleted = closedAtMs !== null && personalDeletedAtMs !== null && personalDeletedAtMs >= closedAtMs;
  return isDeleted
    ? { ...sighting, work: null, files: null, matchKey: null, beliefs: [], warnings: [], problem: null }
    : sighting;
};

/** Applies one sighting that says something new. The caller refreshes the order's progress. */
export const applySighting = async (
  transaction: WriteTransaction,
  context: JobContext,
  before: JobRow,
  said: JobSighting,
  marks: SightingMarks,
): Promise<Applied> => {
  const { db, touched } = transaction;
  const sighting = await withoutDeleted(transaction, before.orderId, said);
  const { work } = sighting;
  const orderId = before.orderId ?? (work === null ? null : await takeInOrder(transaction, context, work, 'platform'));
  if (before.orderId !== null && work !== null) await fillInOrder(transaction, before.orderId, work);
  if (orderId !== null) await takeInItems(transaction, context, orderId, before.id, sighting);
  const result = await takeInResult(transaction, context, before.id, sighting);
  await noteShipped(transaction, before.id, sighting);
  const checked = context.heardBy === 'check' ? { lastCheckedAtMs: context.nowMs } : {};
  const inPassing = isInPassing(context, before, sighting);
  const after = {
    externalId: sighting.externalId,
    handle: sighting.handle,
    orderId,
    state: sighting.state,
    ...(inPassing
      ? {}
      : {
          statusText: sighting.statusText,
          problem: sighting.problem?.text ?? null,
          problemCode: sighting.problem?.code ?? null,
        }),
    createdAtMs: sighting.createdAtMs ?? before.createdAtMs,
    ...marked(context, before, sighting, result === 'busy' ? '' : marks.sightingHash),
    ...checked,
  };
  await db
    .updateTable('jobs')
    .set({
      ...after,
      ...(sighting.matchKey === null ? {} : { matchKey: sighting.matchKey }),
      ...(inPassing
        ? {}
        : { beliefsJson: JSON.stringify(sighting.beliefs), warningsJson: JSON.stringify(sighting.warnings) }),
      lastSeenAtMs: context.nowMs,
      nextAtMs:
        result === 'busy'
          ? context.nowMs + 60_000
          : dueAfter(context, before, sighting, marks.nextAtMs(orderId !== null)),
    })
    .where('id', '=', before.id)
    .execute();
  touched.jobs.add(before.id);
  if (orderId !== null) touched.orders.add(orderId);
  if (!inPassing) await appendHistory(transaction, historyOf(context, before, orderId, sighting));
  return { row: { ...before, ...after }, files: result === 'taken' };
};
