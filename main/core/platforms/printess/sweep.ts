import { z } from 'zod';
import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { JobSighting } from '../../domain/job-sighting.ts';
import type { SweepEnd, SweepQuestion } from '../platform.ts';
import type { PrintessWay } from './api.ts';
import { isTokenTaken, listOrders } from './list-orders.ts';
import type { PrintessSettings } from './settings.ts';

const dayMs = 86_400_000;

/** Asked for again at each sweep: an order may be listed later than it was made. */
const overlapMs = 15 * 60_000;

/** By Printess' clock: when the newest order was made that a sweep has seen. */
const cursorSchema = z.object({ newestMs: z.number() });

const newestIn = (cursor: string | null): number | null => {
  try {
    return cursorSchema.safeParse(JSON.parse(cursor ?? '')).data?.newestMs ?? null;
  } catch {
    return null;
  }
};

/** The origins to take in; null: all. */
const wantedOrigins = ({ discover, discoverOrigins, origin }: PrintessSettings): ReadonlySet<string> | null => {
  if (!discover) return new Set([origin]);
  return discoverOrigins.length === 0 ? null : new Set([origin, ...discoverOrigins]);
};

/** From when on orders are asked for. */
const startMs = (question: SweepQuestion, lookBackStartMs: number): number => {
  const newestMs = newestIn(question.cursor);
  if (question.reach === 'everything' || newestMs === null) return lookBackStartMs;
  const recentMs = newestMs - overlapMs;
  return Math.max(lookBackStartMs, Math.min(recentMs, question.oldestOpenAtMs ?? recentMs));
};

/**
 * Asks /orders/list for everything since the last sweep, and for the open jobs in the same pages. Several origins are
 * asked for together and told apart here, so that a cycle costs the same however many there are.
 */
export async function* sweep(
  way: PrintessWay,
  question: SweepQuestion,
): AsyncGenerator<readonly JobSighting[], SweepEnd, undefined> {
  const nowMs = way.nowMs();
  const lookBackStartMs = nowMs - way.settings.lookBackDays * dayMs;
  const sinceMs = startMs(question, lookBackStartMs);
  const origins = wantedOrigins(way.settings);
  const [onlyOrigin] = origins?.size === 1 ? origins : [];
  const pages = listOrders(way, { sinceMs, ...(onlyOrigin === undefined ? {} : { origin: onlyOrigin }) });

  let newestMs = newestIn(question.cursor);
  let there = 0;
  for (let page = await pages.next(); ; page = await pages.next()) {
    if (page.done === true) {
      const end = page.value;
      if (end.kind === 'refused') return refusedEnd(way, end.failure.message);
      if (end.kind === 'failed') return end;
      const cursor = newestMs === null ? null : JSON.stringify({ newestMs });
      return { kind: 'covered', cursor, there: question.reach === 'everything' ? there : null };
    }
    const wanted = page.value.filter(
      ({ wire, createdAtMs }) =>
        (origins === null || origins.has(wire.origin)) && (createdAtMs === null || createdAtMs >= lookBackStartMs),
    );
    there += wanted.length;
    for (const { createdAtMs } of wanted) {
      // A moment that lies ahead would hide what is made until then.
      if (createdAtMs !== null) newestMs = Math.max(newestMs ?? 0, Math.min(createdAtMs, nowMs));
    }
    if (wanted.length > 0) yield wanted.map(({ sighting }) => sighting);
  }
}

const refusedEnd = async (way: PrintessWay, message: string): Promise<SweepEnd> => {
  const verdict = await isTokenTaken(way);
  return verdict.kind === 'taken'
    ? { kind: 'listRefused', message: stationLine('listRefused', { cause: message }) }
    : verdict;
};
