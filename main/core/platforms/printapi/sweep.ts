import type { JobSighting } from '../../domain/job-sighting.ts';
import type { OAuthClient } from '../oauth/oauth-client.ts';
import type { SweepEnd, SweepQuestion } from '../platform.ts';
import { ask, type PrintApiWay } from './api.ts';
import { latestLines } from './latest-lines.ts';
import { listOrders } from './list-orders.ts';
import { lineSighting } from './map.ts';
import { changesQuestion } from './questions.ts';
import { readCursor, takeUntold, writeCursor } from './sweep-cursor.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Sightings that are handed on, and stored, at once. */
const sightingsAtOnce = 200;

/**
 * One look at what changed. `/sync/statuses` tells of all changes since the last look, less the overlap; the list of
 * orders is paged too when all of the look-back is to be compared, or when there is no `/sync/statuses` (for version 1 it
 * is documented nowhere). An order is told of when its status is another than was told before; both lists say no more of
 * it, so it is asked for by itself then.
 */
export async function* sweep(
  way: PrintApiWay,
  oauth: OAuthClient,
  question: SweepQuestion,
): AsyncGenerator<readonly JobSighting[], SweepEnd, undefined> {
  const { timeZone, overlapMinutes, lookBackDays } = way.settings;
  const startMs = way.nowMs();
  const lookBackMs = startMs - lookBackDays * dayMs;
  const cursor = readCursor(question.cursor);
  const sinceMs = cursor === null ? lookBackMs : Math.max(lookBackMs, cursor.untilMs - overlapMinutes * minuteMs);
  const told = new Map(cursor?.told);
  const covered = (kept: ReadonlyMap<string, string>, there: number | null): SweepEnd => ({
    kind: 'covered',
    cursor: writeCursor({ untilMs: startMs, told: kept }),
    there,
  });

  const changes = await ask(way, oauth, changesQuestion(sinceMs, startMs, timeZone));
  if (changes.kind === 'failed') return changes;
  if (changes.kind === 'forbidden') return { kind: 'listRefused', message: changes.failure.message };
  const changed = changes.kind === 'answered' ? latestLines(changes.value.results, timeZone) : [];
  const untold = takeUntold(told, changed);
  for (let at = 0; at < untold.length; at += sightingsAtOnce) {
    // The time of a change is not that of the order.
    yield untold.slice(at, at + sightingsAtOnce).map((line) => lineSighting(line, null));
  }

  const everything = question.reach === 'everything';
  if (!everything && changes.kind === 'answered') return covered(told, null);
  const backToMs = everything ? lookBackMs : Math.min(sinceMs, question.oldestOpenAtMs ?? sinceMs);
  const tellAllBut = everything ? new Set(untold.map(({ id }) => id)) : null;
  const listing = yield* listOrders(way, oauth, { backToMs, told, tellAllBut });
  if (listing.kind === 'forbidden') {
    // The changes still tell of everything then, only nothing can be counted.
    return changes.kind === 'answered'
      ? covered(told, null)
      : { kind: 'listRefused', message: listing.failure.message };
  }
  if (listing.kind !== 'listed') return { kind: 'failed', failure: listing.failure };
  if (!everything) return covered(told, null);
  // What left the look-back is forgotten, or the cursor would grow without end.
  const stillSeen = new Set([...listing.ids, ...changed.map(({ id }) => id)]);
  return covered(new Map([...told].filter(([id]) => stillSeen.has(id))), listing.ids.size);
}
