/** Rows as the station answers them, and the revision that they are at least from. */
export interface RowAnswer<Row> {
  readonly rows: readonly Row[];
  readonly revision: number;
}

/** A list whose rows stay where they are until somebody asks for the new order. */
export interface SteadyList<Row> {
  /** The order that the station gave when the list was taken. */
  readonly ids: readonly number[];
  readonly rows: Readonly<Record<number, Row>>;
  /** The station's revision that each row is from: an older event must not overwrite a newer answer. */
  readonly revisions: Readonly<Record<number, number>>;
  /** How many match at the station, shown or not. */
  readonly total: number;
  /** Matches that are not shown yet, oldest news first. */
  readonly newIds: readonly number[];
  /** True when the station would now give another order or another selection. */
  readonly stale: boolean;
}

/** How a list knows which rows that it does not show are news to it. */
export interface NewsRule<Row> {
  /** Whether the row matches the list's filter. */
  readonly belongs: (row: Row) => boolean;
  /** Whether the row came into being after the list was taken; asked only while parts of the list are still to come. */
  readonly isNew: (row: Row) => boolean;
}

export const emptySteadyList: SteadyList<never> = {
  ids: [],
  rows: {},
  revisions: {},
  total: 0,
  newIds: [],
  stale: false,
};

export const rowsById = <Row extends { readonly id: number }>(rows: readonly Row[]): Record<number, Row> =>
  Object.fromEntries(rows.map((row) => [row.id, row]));

export const revisionsOf = ({ rows, revision }: RowAnswer<{ readonly id: number }>): Record<number, number> =>
  Object.fromEntries(rows.map(({ id }) => [id, revision]));
