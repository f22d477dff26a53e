import type { HotFolderSettings } from '../../contract/hot-folders.ts';
import type { Reader } from '../store/store.ts';
import { readNotes } from './handover-notes.ts';

/** The usual pick-up time is the median of so many. */
const learnedFrom = 20;
/** From fewer nothing is learned. */
const fewest = 3;
/** Among the last so many there are nearly always enough whose time is known. */
const lookedThrough = 60;
/** So many times the usual is no longer usual. */
const alarmFactor = 3;

const median = (sorted: readonly number[]): number => {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
};

/** The median of the newest times, in milliseconds; null when there are too few. Newest first. */
export const usualOf = (layMs: readonly number[]): number | null => {
  const newest = layMs.slice(0, learnedFrom);
  return newest.length < fewest ? null : median(newest.toSorted((a, b) => a - b));
};

interface PickUp {
  readonly sentAtMs: number | null;
  readonly pickedUpAtMs: number | null;
  readonly outcomeDetail: string | null;
}

/** How long a file lay; null when nobody watched it leave, or a person had to say that it did. */
export const layMsOf = ({ sentAtMs, pickedUpAtMs, outcomeDetail }: PickUp): number | null =>
  sentAtMs === null || pickedUpAtMs === null || pickedUpAtMs <= sentAtMs || readNotes(outcomeDetail).unwatched
    ? null
    : pickedUpAtMs - sentAtMs;

/** How long a file usually lies in a hot folder before the RIP takes it, in milliseconds; null when that is not known. */
export const usualPickUpMs = async (db: Reader, hotFolderId: string): Promise<number | null> => {
  const rows = await db
    .selectFrom('handovers')
    .select(['sentAtMs', 'pickedUpAtMs', 'outcomeDetail'])
    .where('hotFolderId', '=', hotFolderId)
    .where('pickedUpAtMs', 'is not', null)
    .orderBy('pickedUpAtMs', 'desc')
    .limit(lookedThrough)
    .execute();
  return usualOf(rows.flatMap((row) => layMsOf(row) ?? []));
};

/** After so long a lying file raises the alarm: the setting, or three times the usual when that is longer. */
export const alarmAfterMs = (
  { pickUpAlarmSeconds }: Pick<HotFolderSettings, 'pickUpAlarmSeconds'>,
  usualMs: number | null,
): number => Math.max(pickUpAlarmSeconds * 1000, alarmFactor * (usualMs ?? 0));
