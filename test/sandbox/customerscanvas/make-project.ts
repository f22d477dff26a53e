import type { Item, ItemSpec, OrderSpec, Project, ProjectSpec } from './order.ts';

/** Above every project id, so that an item is not mistaken for one. */
const FIRST_ITEM_ID = 900_000;
const MOST_ITEMS = 100;

interface ProjectPlace {
  readonly order: OrderSpec;
  readonly spec: ProjectSpec;
  readonly storefrontId: number;
  readonly id: number;
  /** Of its line in the order, from 0. */
  readonly lineIndex: number;
  readonly createdAtMs: number;
}

/** A project with plausible content wherever the spec says nothing. Pure: the same spec gives the same project. */
export function makeProject({ order, spec, storefrontId, id, lineIndex, createdAtMs }: ProjectPlace): Project {
  const lineItemId = `li-${lineIndex + 1}`;
  const orderNumber = order.orderNumber === undefined ? numberIn(order.orderId) : order.orderNumber;
  return {
    id,
    storefrontId,
    orderId: order.orderId,
    orderNumber,
    orderName: order.orderName ?? (orderNumber === null ? '' : `#${orderNumber}`),
    customerName: order.customerName ?? 'Example Buyer',
    name: spec.name ?? 'Business card',
    lineItemId,
    lineItemIndex: lineIndex,
    createdAtMs,
    obsolete: spec.obsolete ?? false,
    items: (spec.items ?? [{}]).map((item, position) =>
      makeItem(item, { id: FIRST_ITEM_ID + id * MOST_ITEMS + position, lineItemId, lineItemIndex: lineIndex }),
    ),
  };
}

function makeItem(spec: ItemSpec, place: Pick<Item, 'id' | 'lineItemId' | 'lineItemIndex'>): Item {
  return {
    ...place,
    name: spec.name ?? 'Business card',
    quantity: spec.quantity ?? 250,
    sku: spec.sku ?? 'BC-85x55',
    fields: spec.fields ?? { Paper: '350g matt' },
    files: spec.files ?? [{ kind: 'print' }, { kind: 'preview' }],
  };
}

/** The last digits of the id, as shops show them; null for an id without any. */
function numberIn(orderId: string): number | null {
  const digits = /(\d{1,6})\D*$/.exec(orderId)?.[1];
  return digits === undefined ? null : Number(digits);
}
