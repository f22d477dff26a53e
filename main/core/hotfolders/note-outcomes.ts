import type { HandoverOutcome } from '../../contract/hot-folders.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { Reader, WriteTransaction } from '../store/store.ts';
import { changeHandover } from './handover-changes.ts';
import { addNotes, readNotes } from './handover-notes.ts';
import { type LaneRow, laneRows } from './lane-rows.ts';
import type { OutcomeSighting } from './read-outcomes.ts';

/** So long after the pick-up the outcome folders are looked into; then the outcome stays unknown. */
const watchedForMs = 24 * 3_600_000;
/** At most so many files at once, the newest first. */
const mostAwaited = 500;

/** The hand-overs that left the folder a while ago at most, and of which the RIP has told nothing yet. */
export const awaitedOutcomes = (db: Reader, hotFolderId: string, nowMs: number): Promise<LaneRow[]> =>
  laneRows(db, hotFolderId)
    .where('handovers.state', '=', 'pickedUp')
    .where('handovers.outcome', 'is', null)
    .where('handovers.pickedUpAtMs', '>', nowMs - watchedForMs)
    .orderBy('handovers.pickedUpAtMs', 'desc')
    .limit(mostAwaited)
    .execute();

/** Those of which nobody knows whether they arrived: an outcome would tell. */
export const maybeSentRows = (db: Reader, hotFolderId: string): Promise<LaneRow[]> =>
  laneRows(db, hotFolderId).where('handovers.state', '=', 'maybeSent').limit(mostAwaited).execute();

/** What was proof of one hand-over cannot be proof of another. */
const usedMarks = async (db: Reader, hotFolderId: string, nowMs: number): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('handovers')
    .select('outcomeDetail')
    .where('hotFolderId', '=', hotFolderId)
    .where('pickedUpAtMs', '>', nowMs - 2 * watchedForMs)
    .where('outcome', 'is not', null)
    .execute();
  return new Set(rows.flatMap(({ outcomeDetail }) => readNotes(outcomeDetail).told?.mark ?? []));
};

/** The sighting that counts: the very name before a longer one, and a refusal before a success. */
const best = (sightings: readonly OutcomeSighting[]): OutcomeSighting | undefined =>
  sightings.toSorted(
    (a, b) => Number(b.exact) - Number(a.exact) || Number(b.outcome === 'failed') - Number(a.outcome === 'failed'),
  )[0];

const noteOutcome = (
  transaction: WriteTransaction,
  row: LaneRow,
  { outcome, folder, name, mark }: OutcomeSighting,
  nowMs: number,
): Promise<void> => {
  const unwatched = row.state === 'maybeSent' || readNotes(row.outcomeDetail).unwatched;
  const told = {
    outcome,
    outcomeAtMs: nowMs,
    outcomeDetail: addNotes(row.outcomeDetail, { told: { folder, name, mark }, unwatched }),
    sentAtMs: row.sentAtMs ?? nowMs,
    pickedUpAtMs: row.pickedUpAtMs ?? nowMs,
    renaming: 0,
    nextAtMs: null,
  } as const;
  const changes = {
    accepted: { state: 'pickedUp', problem: null },
    failed: { state: 'problem', problem: stationLine('ripPutInto', { folder }) },
  } as const satisfies Record<HandoverOutcome, object>;
  return changeHandover(transaction, row, {
    set: { ...told, ...changes[outcome] },
    fileName: row.fileName,
    history: {
      code: `handover.${outcome}`,
      evidence: 'ripSaid',
      detail: { folder, ...(name === row.fileName ? {} : { ripName: name }) },
    },
    nowMs,
  });
};

/** Writes down what the outcome folders say of files that have left the hot folder. */
export const noteOutcomes = async (
  transaction: WriteTransaction,
  hotFolderId: string,
  sightings: readonly OutcomeSighting[],
  nowMs: number,
): Promise<void> => {
  if (sightings.length === 0) return;
  const { db } = transaction;
  const used = new Set(await usedMarks(db, hotFolderId, nowMs));
  const rows = [...(await awaitedOutcomes(db, hotFolderId, nowMs)), ...(await maybeSentRows(db, hotFolderId))];
  for (const row of rows.toSorted((a, b) => a.id - b.id)) {
    const before = readNotes(row.outcomeDetail).seenBefore;
    const proof = best(
      sightings.filter(
        // Of a file that may never have arrived only its very name is proof.
        ({ id, mark, exact }) =>
          id === row.id && !used.has(mark) && !before.includes(mark) && (exact || row.state !== 'maybeSent'),
      ),
    );
    if (proof === undefined) continue;
    used.add(proof.mark);
    await noteOutcome(transaction, row, proof, nowMs);
  }
};
