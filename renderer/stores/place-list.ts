import {
  emptySteadyList,
  type NewsRule,
  type RowAnswer,
  revisionsOf,
  rowsById,
  type SteadyList,
} from './steady-list.ts';

/** Places in the station's order, the rows of the first of them, and how many match in all. */
export interface PlaceAnswer<Row> extends RowAnswer<Row> {
  readonly ids: readonly number[];
  readonly total: number;
}

/**
 * A long list of which every place is known, but only the rows near those in sight: those far from it are forgotten,
 * and a row without a revision is only what it once was.
 */
export interface PlaceList<Row> extends SteadyList<Row> {
  /** The same ids, to look one up. */
  readonly places: ReadonlySet<number>;
  /** False while places are still to come. */
  readonly complete: boolean;
}

/** A span of places, the last included. */
export interface Sight {
  readonly first: number;
  readonly last: number;
}

/** So many places beyond those in sight are asked for with them, and so many keep their rows. */
const askAhead = 40;
const keepAhead = 500;

export const emptyPlaceList = <Row>(): PlaceList<Row> => ({ ...emptySteadyList, places: new Set(), complete: true });

/** Shows places in a new order. Rows that were known stay what they were until they are asked for again. */
export const takePlaces = <Row extends { readonly id: number }>(
  known: Readonly<Record<number, Row>>,
  answer: PlaceAnswer<Row>,
): PlaceList<Row> => ({
  ids: answer.ids,
  places: new Set(answer.ids),
  rows: { ...known, ...rowsById(answer.rows) },
  revisions: revisionsOf(answer),
  total: answer.total,
  complete: answer.ids.length >= answer.total,
  newIds: [],
  stale: false,
});

/** Adds the places below those of the first page, none of which moves. */
export const addPlaces = <Row>(list: PlaceList<Row>, ids: readonly number[], total: number): PlaceList<Row> => {
  const news = new Set(list.newIds);
  const shown = [...list.ids];
  const places = new Set(list.places);
  for (const id of ids) {
    if (places.has(id) || news.has(id)) continue;
    shown.push(id);
    places.add(id);
  }
  return { ...list, ids: shown, places, total, complete: ids.length >= total };
};

/** Takes fresh places after a lost connection without moving one: what is new waits in `newIds`, what is gone goes. */
export const keepPlaces = <Row extends { readonly id: number }>(
  list: PlaceList<Row>,
  answer: PlaceAnswer<Row>,
): PlaceList<Row> => {
  const taken = takePlaces(list.rows, answer);
  const shown = list.ids.filter((id) => taken.places.has(id));
  if (shown.length === 0) return taken;
  const newIds = answer.ids.filter((id) => !list.places.has(id));
  return { ...taken, ids: shown, places: new Set(shown), newIds, stale: true };
};

/** The places near those in sight whose rows have to be asked for. */
export const missingIn = <Row>(list: PlaceList<Row>, { first, last }: Sight): readonly number[] =>
  list.ids.slice(Math.max(0, first - askAhead), last + askAhead + 1).filter((id) => list.revisions[id] === undefined);

/** Takes the rows of `asked`, unless an event has told newer ones meanwhile, and forgets those far from sight. */
export const fillPlaces = <Row extends { readonly id: number }>(
  list: PlaceList<Row>,
  asked: readonly number[],
  { rows, revision }: RowAnswer<Row>,
  { first, last }: Sight,
): PlaceList<Row> => {
  const isNewer = (id: number): boolean => (list.revisions[id] ?? -1) < revision;
  const filled = { ...list.rows, ...rowsById(rows.filter(({ id }) => isNewer(id))) };
  // Also of those that are not there any more, or they would be asked for without end.
  const revisions = { ...list.revisions, ...Object.fromEntries(asked.filter(isNewer).map((id) => [id, revision])) };
  const kept = list.ids.slice(Math.max(0, first - keepAhead), last + keepAhead + 1);
  const ofKept = <Value>(of: Readonly<Record<number, Value>>): Record<number, Value> =>
    Object.fromEntries(
      kept.flatMap((id) => {
        const value = of[id];
        return value === undefined ? [] : [[id, value]];
      }),
    );
  return { ...list, rows: ofKept(filled), revisions: ofKept(revisions) };
};

/** How a list tells what a changed row is to it. */
export interface ChangeRule<Row> extends NewsRule<Row> {
  /** Whether its row has been asked for: then the answer may be older than this. */
  readonly isAwaited: (id: number) => boolean;
}

/** Takes changed rows where they stand. A row that is news waits in `newIds` until somebody asks for it. */
export const changePlaces = <Row extends { readonly id: number }>(
  list: PlaceList<Row>,
  { rows, revision }: RowAnswer<Row>,
  rule: ChangeRule<Row>,
): PlaceList<Row> => {
  const waiting = new Set(list.newIds);
  const changed: Row[] = [];
  const newIds: number[] = [];
  let stale = list.stale;
  for (const row of rows) {
    const { id } = row;
    if (list.places.has(id)) {
      stale = true;
      const since = list.revisions[id];
      if (since === undefined ? rule.isAwaited(id) : since < revision) changed.push(row);
    } else if (rule.belongs(row)) {
      stale = true;
      if (!waiting.has(id) && (list.complete || rule.isNew(row))) newIds.push(id);
    }
  }
  if (changed.length === 0 && newIds.length === 0) return stale === list.stale ? list : { ...list, stale };
  return {
    ...list,
    rows: changed.length === 0 ? list.rows : { ...list.rows, ...rowsById(changed) },
    revisions:
      changed.length === 0 ? list.revisions : { ...list.revisions, ...revisionsOf({ rows: changed, revision }) },
    newIds: newIds.length === 0 ? list.newIds : [...list.newIds, ...newIds],
    stale,
  };
};
