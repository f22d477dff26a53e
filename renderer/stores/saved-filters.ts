import { z } from 'zod';
import { lane, stage } from '../../main/contract/values.ts';
import { parseKept } from '../client/kept-text.ts';
import { initialOrdersFilter, type OrdersFilter } from './orders-filter.ts';

/** What of a filter means the same tomorrow. */
const keptFilter = z.object({
  stage: stage.nullable(),
  connection: z.string().nullable(),
  lane: lane.nullable(),
  problemsOnly: z.boolean(),
  openOnly: z.boolean(),
  search: z.string().max(200),
});
const savedFilter = z.object({ name: z.string().trim().min(1).max(40), filter: keptFilter });

/** A filter of the Orders screen under a name. */
export type SavedFilter = z.infer<typeof savedFilter>;

/** More would hide the list behind its filters. */
export const mostSavedFilters = 12;

/** The filter that a saved one stands for. */
export const filterOf = ({ filter }: SavedFilter): OrdersFilter => ({ ...initialOrdersFilter, ...filter });

/** Whether a saved filter is what is shown now. */
export const isShown = (saved: SavedFilter, shown: OrdersFilter): boolean =>
  shown.selection === null &&
  keptFilter
    .keyof()
    .options.every((name) => saved.filter[name] === (name === 'search' ? shown.search.trim() : shown[name]));

/** Adds the present filter; one of the same name is replaced where it stands. One more than there may be is not added. */
export const withFilter = (
  filters: readonly SavedFilter[],
  name: string,
  shown: OrdersFilter,
): readonly SavedFilter[] => {
  const added = savedFilter.parse({ name, filter: { ...keptFilter.parse(shown), search: shown.search.trim() } });
  const place = filters.findIndex((known) => known.name === added.name);
  if (place !== -1) return filters.with(place, added);
  return filters.length < mostSavedFilters ? [...filters, added] : filters;
};

/** Reads what a screen has kept. Whatever else stands there, or is not understood any more, is left out. */
export const readFilters = (text: string | null): readonly SavedFilter[] => {
  const rows = parseKept(z.array(z.unknown()), text) ?? [];
  const filters = rows.flatMap((row) => savedFilter.safeParse(row).data ?? []);
  return [...new Map(filters.map((filter) => [filter.name, filter])).values()].slice(0, mostSavedFilters);
};
