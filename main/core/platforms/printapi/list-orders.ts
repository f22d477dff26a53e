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

/** Pages the list of orders, newest first, and yields what is not told yet of each page before the next is asked for. */
export async function* listOrders(
  way: PrintApiWay,
  oauth: OAuthClient,
  { backToMs, told }: { readonly backToMs: number; readonly told: Map<string, string> },
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
    const sightings = takeUntold(told, within).map((line) => lineSighting(line, line.atMs));
    if (sightings.length > 0) yield sightings;
    offset += results.length;
    const oldestMs = timed.at(-1)?.atMs ?? nowMs;
    // A page without anything new would come again for ever.
    if (within.length === 0 || oldestMs < backToMs || (count !== null && offset >= count))
      return { kind: 'listed', ids };
  }
}
