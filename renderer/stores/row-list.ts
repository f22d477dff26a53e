/** A page of rows as the station answers it. */
export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly revision: number;
}

/** A list whose rows stay where they are until somebody asks for the new order. */
export interface RowList<Row> {
  /** The shown rows, in the order the station gave when the list was taken. */
  readonly ids: readonly number[];
  readonly rows: Readonly<Record<number, Row>>;
  /** The station's revision that each row is from: an older event must not overwrite a newer page. */
  readonly revisions: Readonly<Record<number, number>>;
  /** How many rows match at the station, shown or not. */
  readonly total: number;
  /** Where the next page begins at the station. */
  readonly nextOffset: number;
  /** Rows that match but are not shown yet, oldest news first. */
  readonly newIds: readonly number[];
  /** True when the station would now give another order or another selection. */
  readonly stale: boolean;
}

export const emptyRowList = <Row>(): RowList<Row> => ({
  ids: [],
  rows: {},
  revisions: {},
  total: 0,
  nextOffset: 0,
  newIds: [],
  stale: false,
});

const byId = <Row extends { readonly id: number }>(rows: readonly Row[]): Record<number, Row> =>
  Object.fromEntries(rows.map((row) => [row.id, row]));

const revisionsOf = (ids: readonly number[], revision: number): Record<number, number> =>
  Object.fromEntries(ids.map((id) => [id, revision]));

/** Shows a page as it came: the order and the selection are the station's. */
export const takeRows = <Row extends { readonly id: number }>(page: RowPage<Row>): RowList<Row> => {
  const ids = page.rows.map((row) => row.id);
  return {
    ids,
    rows: byId(page.rows),
    revisions: revisionsOf(ids, page.revision),
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
  const freshIds = fresh.map((row) => row.id);
  return {
    ...list,
    ids: [...list.ids, ...freshIds],
    rows: { ...list.rows, ...byId(fresh) },
    revisions: { ...list.revisions, ...revisionsOf(freshIds, page.revision) },
    total: page.total,
    nextOffset: page.rows.length === 0 ? page.total : list.nextOffset + page.rows.length,
  };
};

/** How a list knows which rows that it does not show are news to it. */
export interface NewsRule<Row> {
  /** Whether the row matches the list's filter. */
  readonly belongs: (row: Row) => boolean;
  /** Whether the row came into being after the list was taken; asked only while pages of the list are still to come. */
  readonly isNew: (row: Row) => boolean;
}

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
