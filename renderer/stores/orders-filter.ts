import type { OrderRow } from '../../main/contract/orders.ts';
import type { CountedOrders, OrderSelection } from '../../main/contract/today.ts';
import type { Lane, Stage } from '../../main/contract/values.ts';

/** The orders behind one of the day's numbers: which, as of when, and the filter that came with the number. */
export interface DaySelection {
  readonly name: OrderSelection;
  readonly asOf: string;
  readonly filter: CountedOrders['filter'];
}

/** What the Orders screen shows. */
export interface OrdersFilter {
  readonly stage: Stage | null;
  readonly connection: string | null;
  /** Made in this shop, or by the platform; null shows both. */
  readonly lane: Lane | null;
  readonly problemsOnly: boolean;
  /** Only orders with work left. */
  readonly openOnly: boolean;
  readonly search: string;
  /** What a number of the Today screen led here with. */
  readonly selection: DaySelection | null;
}

export const initialOrdersFilter: OrdersFilter = {
  stage: null,
  connection: null,
  lane: null,
  problemsOnly: false,
  openOnly: true,
  search: '',
  selection: null,
};

/** Shows the orders behind a number and nothing else; where a switch of the screen says it all, that alone is set. */
export const selectedOrders = (selection: DaySelection): OrdersFilter => ({
  ...initialOrdersFilter,
  openOnly: selection.filter.openOnly,
  problemsOnly: selection.filter.problemsOnly,
  selection: selection.name === 'problems' ? null : selection,
});

/** The same selection in the contract's form. */
export const toOrdersQuery = (filter: OrdersFilter) => ({
  ...filter.selection?.filter,
  problemsOnly: filter.problemsOnly,
  openOnly: filter.openOnly,
  ...(filter.stage === null ? {} : { stages: [filter.stage] }),
  ...(filter.connection === null ? {} : { connections: [filter.connection] }),
  ...(filter.lane === null ? {} : { lanes: [filter.lane] }),
  ...(filter.search.trim() === '' ? {} : { search: filter.search.trim() }),
});

const belongsToSelection = (row: OrderRow, { filter }: DaySelection): boolean => {
  const { stages, lanes, dueFrom, dueBefore, held, shippedFrom } = filter;
  if (stages !== undefined && !stages.includes(row.stage)) return false;
  if (lanes !== undefined && !lanes.includes(row.lane)) return false;
  if (held !== undefined && row.held !== held) return false;
  if (shippedFrom !== undefined && row.stage !== 'shipped') return false;
  if (dueFrom === undefined && dueBefore === undefined) return true;
  return row.shipBy !== null && row.shipBy >= (dueFrom ?? '') && (dueBefore === undefined || row.shipBy < dueBefore);
};

/** Whether a changed row belongs to the selection, so far as a row alone can tell. */
export const belongsToOrders = (row: OrderRow, filter: OrdersFilter): boolean => {
  if (filter.stage !== null && row.stage !== filter.stage) return false;
  if (filter.connection !== null && row.connection !== filter.connection) return false;
  if (filter.lane !== null && row.lane !== filter.lane) return false;
  if (filter.problemsOnly && row.problemCount === 0) return false;
  if (filter.openOnly && (row.stage === 'shipped' || row.stage === 'cancelled')) return false;
  if (filter.selection !== null && !belongsToSelection(row, filter.selection)) return false;
  const wanted = filter.search.trim().toLowerCase();
  if (wanted === '') return true;
  return [row.externalId, row.customer, row.reference, row.titles].some((text) => text.toLowerCase().includes(wanted));
};
