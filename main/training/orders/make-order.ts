import { makeItem, makeLabel } from './make-item.ts';
import type { CloudprinterOrder, DeliveryAddress, ReorderOf } from './order.ts';
import type { ItemSpec } from './products.ts';

export interface OrderSpec {
  /** 1 gives the id 900000010000. */
  readonly number: number;
  /** What is ordered, such as `[{ product: 'book' }, { product: 'poster', copies: 5 }]`. Default one book. */
  readonly items?: readonly ItemSpec[];
  readonly id?: string;
  /** Default 2026-03-02 09:15:00 UTC. */
  readonly orderedAt?: Date;
  /** Default two days after `orderedAt`. */
  readonly shipBy?: Date;
  /** Default "2". */
  readonly priority?: string;
  readonly clientName?: string;
  readonly clientReference?: string;
  /** Default `ups_international_standard`. */
  readonly shippingMethod?: string;
  /** Sender name on the label; default the client's name. */
  readonly consignor?: string;
  readonly address?: Partial<DeliveryAddress>;
  /** Adds a ready label to the order's own files. */
  readonly shippingLabel?: boolean;
  readonly unknownKeys?: Readonly<Record<string, unknown>>;
}

const ORDERED_AT = new Date('2026-03-02T09:15:00Z');
const ADDRESS: DeliveryAddress = {
  company: '',
  name: 'Ann Example',
  street1: 'Testgade 1',
  street2: '',
  zip: '2100',
  city: 'Kobenhavn',
  country: 'DK',
  state: '',
  email: 'ann@example.org',
  phone: '+4500000000',
  customerIdentification: '',
};
const TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1000;
const LOWEST_NUMBER = 90_000_000;

/** The id of the nth order: 1 → 900000010000. */
export function orderId(number: number): string {
  return `${LOWEST_NUMBER + number}0000`;
}

/** The id of the order's nth item, from 1: (900000010000, 2) → 900000010002. */
export function itemId(order: string, position: number): string {
  return order.slice(0, -4) + String(position).padStart(4, '0');
}

/** An order with plausible content wherever the spec says nothing. Pure: the same spec gives the same order. */
export function makeOrder(spec: OrderSpec): CloudprinterOrder {
  const id = spec.id ?? orderId(spec.number);
  const orderedAt = spec.orderedAt ?? ORDERED_AT;
  const clientName = spec.clientName ?? 'Fjord Books';
  const consignor = spec.consignor ?? clientName;
  const items: readonly ItemSpec[] = spec.items ?? [{ product: 'book' }];
  return {
    id,
    orderedAt,
    shipBy: spec.shipBy ?? new Date(orderedAt.getTime() + TWO_DAYS_MS),
    priority: spec.priority ?? '2',
    client: {
      id: 42,
      name: clientName,
      reference: spec.clientReference ?? `FB-2026-${String(spec.number).padStart(4, '0')}`,
    },
    shippingMethod: spec.shippingMethod ?? 'ups_international_standard',
    consignor,
    address: { ...ADDRESS, ...spec.address },
    files: spec.shippingLabel === true ? [makeLabel(id, consignor)] : [],
    items: items.map((item, index) => makeItem(item, id, itemId(id, index + 1))),
    unknownKeys: spec.unknownKeys ?? {},
  };
}

/** The reorder fields for an item that repeats the nth item (from 1) of an earlier order. */
export function reorderOf(
  original: CloudprinterOrder,
  position = 1,
  cause = 'reorder_shipping_item_damaged',
  description = 'Two copies arrived with crushed corners.',
): ReorderOf {
  return { cause, description, orderId: original.id, itemId: itemId(original.id, position) };
}
