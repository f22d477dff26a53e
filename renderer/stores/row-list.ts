import {
  emptySteadyList,
  type NewsRule,
  type RowAnswer,
  revisionsOf,
  rowsById,
  type SteadyList,
} from './steady-list.ts';

/** A page of rows as the station answers it. */
export interface RowPage<Row> extends RowAnswer<Row> {
  readonly total: number;
}

/** A list that is read page by page, and keeps every row that it has read. */
export interface RowList<Row> extends SteadyList<Row> {
  /** Where the next page begins at the station. */
  readonly nextOffset: number;
}

export const emptyRowList = <Row>(): RowList<Row> => ({ ...emptySteadyList, nextOffset: 0 });

/** Shows a page as it came: the order and the selection are the station's. */
export const takeRows = <Row extends { readonly id: number }>(page: RowPage<Row>): RowList<Row> => {
  const ids = page.rows.map((row) => row.id);
  return {
    ids,
    rows: rowsById(page.rows),
    revisions: revisionsOf(page),
    total: page.total,
    nextOffset: ids.length,
    newIds: [],
    stale: false,
  };
};

/** Takes fresh rows after a lost connection without moving one: what is new waits in `newIds`, what is gone goes. */
export const keepPlaces = <Row extends { readonly id: number }>(
  list: RowList<Row>,
  page: RowPage<Row>,
): RowList<Row> => {
  const taken = takeRows(page);
  const shown = list.ids.filter((id) => taken.rows[id] !== undefined);
  if (shown.length === 0) return taken;
  const wasShown = new Set(shown);
  const newIds = taken.ids.filter((id) => !wasShown.has(id));
  return { ...taken, ids: shown, newIds, stale: true };
};

/** Adds the next page below. Rows that moved up meanwhile are not shown twice. */
export const addPage = <Row extends { readonly id: number }>(list: RowList<Row>, page: RowPage<Row>): RowList<Row> => {
  const fresh = page.rows.filter((row) => list.rows[row.id] === undefined);
  return {
    ...list,
    ids: [...list.ids, ...fresh.map(({ id }) => id)],
    rows: { ...list.rows, ...rowsById(fresh) },
    revisions: { ...list.revisions, ...revisionsOf({ rows: fresh, revision: page.revision }) },
    total: page.total,
    nextOffset: page.rows.length === 0 ? page.total : list.nextOffset + page.rows.length,
  };
};

/** Takes changed rows where they stand. A row that is news waits in `newIds` until somebody asks for it. */
export const changeRows = <Row extends { readonly id: number }>(
  list: RowList<Row>,
  changed: readonly Row[],
  revision: number,
  rule: NewsRule<Row>,
): RowList<Row> => {
  const rows: Record<number, Row> = { ...list.rows };
  const revisions: Record<number, number> = { ...list.revisions };
  const newIds = [...list.newIds];
  const wholeListLoaded = list.nextOffset >= list.total;
  let touched = false;
  for (const row of changed) {
    const known = rows[row.id] !== undefined;
    if (known && revision <= (revisions[row.id] ?? 0)) continue;
    if (!known && !rule.belongs(row)) continue;
    touched = true;
    // A row of a page that is still to come will come with it.
    if (!known && !wholeListLoaded && !rule.isNew(row)) continue;
    if (!known) newIds.push(row.id);
    rows[row.id] = row;
    revisions[row.id] = revision;
  }
  return touched ? { ...list, rows, revisions, newIds, stale: true } : list;
};
