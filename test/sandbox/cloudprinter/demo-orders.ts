import { itemId, makeOrder, type OrderSpec, orderId, reorderOf } from '../../../main/training/orders/make-order.ts';
import type { CloudprinterOrder } from '../../../main/training/orders/order.ts';
import type { FileFault } from '../http/file-faults.ts';
import type { FileField } from '../http/file-server.ts';
import type { Knob, KnobHandle } from '../knobs/knob-board.ts';
import type { CloudprinterSandbox } from './sandbox.ts';

/** The demo's orders, in the order they are told. */
export const DEMO_NAMES = ['plain', 'delayed', 'cancelOneOfTwo', 'reorder', 'badMd5Once', 'badMd5Always'] as const;
export type DemoName = (typeof DEMO_NAMES)[number];

/** Ids the demo's orders have, so that a test can ask for them without making the orders. */
export const DEMO_ORDER_IDS: Readonly<Record<DemoName, string>> = {
  plain: orderId(1),
  delayed: orderId(2),
  cancelOneOfTwo: orderId(3),
  reorder: orderId(4),
  badMd5Once: orderId(5),
  badMd5Always: orderId(6),
};

export interface DemoOrder {
  readonly name: DemoName;
  /** What happens, or what the operator is to do. */
  readonly story: string;
  readonly order: CloudprinterOrder;
  /** Faults to set before it is posted. */
  readonly fileKnobs: readonly Knob<FileField, FileFault>[];
}

type DemoDates = Pick<OrderSpec, 'orderedAt' | 'shipBy'>;

/** One order of the fixed set. Dates are those of `makeOrder` unless given. */
export function demoOrder(name: DemoName, dates: DemoDates = {}): DemoOrder {
  const base = { ...dates, id: DEMO_ORDER_IDS[name], number: DEMO_NAMES.indexOf(name) + 1 };
  switch (name) {
    case 'plain':
      return {
        name,
        story: 'A book: registered, fetched, made, shipped with a tracking number.',
        order: plainOrder(dates),
        fileKnobs: [],
      };
    case 'delayed':
      return {
        name,
        story: 'The block must be printed again: an error with 24 hours of delay, then shipped.',
        order: makeOrder({
          ...base,
          clientName: 'Harbour Press',
          items: [{ product: 'softcover', title: 'Tide tables', copies: 40 }],
        }),
        fileKnobs: [],
      };
    case 'cancelOneOfTwo':
      return {
        name,
        story: 'The poster cannot be made and is cancelled, the business cards are shipped all the same.',
        order: makeOrder({
          ...base,
          clientName: 'North Quay Museum',
          items: [
            { product: 'poster', title: 'Lighthouse', copies: 3 },
            { product: 'businessCards', title: 'Cards, front office', copies: 200 },
          ],
        }),
        fileKnobs: [],
      };
    case 'reorder':
      return {
        name,
        story: 'The book of the first order again, since copies were damaged on the way.',
        order: makeOrder({
          ...base,
          priority: '1',
          items: [{ product: 'book', title: 'Field notes', copies: 2, reorder: reorderOf(plainOrder(dates)) }],
        }),
        fileKnobs: [],
      };
    case 'badMd5Once':
      return {
        name,
        story: 'The block arrives damaged the first time and is right the second.',
        order: makeOrder({
          ...base,
          clientName: 'Linden Garden Club',
          items: [{ product: 'photoBook', title: 'A year in the garden' }],
        }),
        fileKnobs: [{ match: { item: itemId(base.id, 1), role: 'book' }, times: 1, fault: { kind: 'badMd5' } }],
      };
    case 'badMd5Always':
      return {
        name,
        story: 'The file never has the announced MD5: a problem that shows both values.',
        order: makeOrder({ ...base, items: [{ product: 'flyer', title: 'Harvest market', copies: 500 }] }),
        fileKnobs: [{ match: { item: itemId(base.id, 1) }, fault: { kind: 'badMd5' } }],
      };
  }
}

function plainOrder(dates: DemoDates): CloudprinterOrder {
  return makeOrder({
    ...dates,
    number: 1,
    id: DEMO_ORDER_IDS.plain,
    items: [{ product: 'book', title: 'Field notes', copies: 3, pageCount: 48 }],
    shippingLabel: true,
  });
}

/** All of the fixed set, in the order they are told. */
export function demoOrders(dates: DemoDates = {}): readonly DemoOrder[] {
  return DEMO_NAMES.map((name) => demoOrder(name, dates));
}

/** Sets the faults the order needs; the handles say how often they struck. */
export function setDemoKnobs(sandbox: Pick<CloudprinterSandbox, 'fileKnobs'>, demo: DemoOrder): readonly KnobHandle[] {
  return demo.fileKnobs.map((knob) => sandbox.fileKnobs.set(knob));
}
