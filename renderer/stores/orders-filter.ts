import type { OrderRow } from '../../main/contract/orders.ts';
import type { Lane, Stage } from '../../main/contract/values.ts';

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
}

export const initialOrdersFilter: OrdersFilter = {
  stage: null,
  connection: null,
  lane: null,
  problemsOnly: false,
  openOnly: true,
  search: '',
};

/** The same selection in the contract's form. */
export const toOrdersQuery = (filter: OrdersFilter) => ({
  problemsOnly: filter.problemsOnly,
  openOnly: filter.openOnly,
  ...(filter.stage === null ? {} : { stages: [filter.stage] }),
  ...(filter.connection === null ? {} : { connections: [filter.connection] }),
  ...(filter.lane === null ? {} : { lanes: [filter.lane] }),
  ...(filter.search.trim() === '' ? {} : { search: filter.search.trim() }),
});

/** Whether a changed row belongs to the selection, so far as a row alone can tell. */
export const belongsToOrders = (row: OrderRow, filter: OrdersFilter): boolean => {
  if (filter.stage !== null && row.stage !== filter.stage) return false;
  if (filter.connection !== null && row.connection !== filter.connection) return false;
  if (filter.lane !== null && row.lane !== filter.lane) return false;
  if (filter.problemsOnly && row.problemCount === 0) return false;
  if (filter.openOnly && (row.stage === 'shipped' || row.stage === 'cancelled')) return false;
  const wanted = filter.search.trim().toLowerCase();
  if (wanted === '') return true;
  return [row.externalId, row.customer, row.reference, row.titles].some((text) => text.toLowerCase().includes(wanted));
};
