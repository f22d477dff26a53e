import type { JobSighting } from '../../domain/job-sighting.ts';
import type { OAuthClient } from '../oauth/oauth-client.ts';
import { wallTimeMs } from '../wall-time.ts';
import { ask, type PrintApiWay, type Reply } from './api.ts';
import { lineSighting } from './map.ts';
import { pageQuestion } from './questions.ts';
import { takeUntold } from './sweep-cursor.ts';

export type Listing =
  /** The ids of all orders that were placed at `backToMs` or later. */
  { readonly kind: 'listed'; readonly ids: ReadonlySet<string> } | Exclude<Reply<never>, { readonly kind: 'answered' }>;

interface ListQuestion {
  readonly backToMs: number;
  /** The status of each order that was told last; those of the list are added. */
  readonly told: Map<string, string>;
  /** All are told again, but for these that this sweep has told already; null: only what is not told yet. */
  readonly tellAllBut: ReadonlySet<string> | null;
}

/**
 * Pages the list of orders, newest first, and yields of each page, before the next is asked for, what is not told yet, or
 * all of it: told the same way again it says nothing new, and shows that the order is here.
 */
export async function* listOrders(
  way: PrintApiWay,
  oauth: OAuthClient,
  { backToMs, told, tellAllBut }: ListQuestion,
): AsyncGenerator<readonly JobSighting[], Listing, undefined> {
  const nowMs = way.nowMs();
  const ids = new Set<string>();
  for (let offset = 0; ; ) {
    const page = await ask(way, oauth, pageQuestion(offset));
    if (page.kind !== 'answered') return page;
    const { results, count } = page.value;
    const timed = results.map((line) => ({ ...line, atMs: wallTimeMs(line.dateTime, way.settings.timeZone) }));
    const within = timed.filter(({ id, atMs }) => !ids.has(id) && (atMs ?? nowMs) >= backToMs);
    for (const { id } of within) ids.add(id);
    const untold = new Set(takeUntold(told, within));
    const toTell = tellAllBut === null ? [...untold] : within.filter(({ id }) => !tellAllBut.has(id));
    const sightings = toTell.map((line) => lineSighting(line, untold.has(line) ? line.atMs : null));
    if (sightings.length > 0) yield sightings;
    offset += results.length;
    const oldestMs = timed.at(-1)?.atMs ?? nowMs;
    // A page without anything new would come again for ever.
    if (within.length === 0 || oldestMs < backToMs || (count !== null && offset >= count))
      return { kind: 'listed', ids };
  }
}
