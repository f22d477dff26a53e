import type { JobState } from '../../../contract/values.ts';
import type { IncomingAddress, IncomingOption } from '../../domain/incoming-order.ts';
import type { Belief, JobItem, JobSighting } from '../../domain/job-sighting.ts';
import { wallTimeMs } from '../wall-time.ts';
import { cancelledProblem, problemOf } from './job-problem.ts';
import type { WireItem, WireLine, WireOrder } from './schema.ts';

const states: ReadonlyMap<string, JobState> = new Map([
  ['created', 'waiting'],
  ['processing', 'working'],
  ['shipped', 'done'],
  ['cancelled', 'cancelled'],
]);

/** A status that nobody documented is shown as it stands, and nothing is concluded from it. */
export const stateOf = (status: string): JobState => states.get(status.toLowerCase()) ?? 'working';

/** Longer metadata is a program's own, and no reference that a person could use. */
const longestReference = 60;

const itemIdOf = (order: WireOrder, item: WireItem, index: number): string => {
  const taken = order.items.findIndex(({ id }) => id === item.id) !== index;
  return `${order.id}-${item.id === '' || taken ? `#${index + 1}` : item.id}`;
};

const toOption = ({ id, value, name }: WireItem['options'][number]): IncomingOption => ({
  code: id,
  description: value,
  count: '',
  type: name,
});

const toItem = (order: WireOrder, item: WireItem, index: number): JobItem => ({
  externalId: itemIdOf(order, item, index),
  title: item.productId,
  product: item.productId,
  description: '',
  copies: item.quantity ?? 0,
  pages: item.pageCount,
  options: item.options.filter(({ id, value, name }) => `${id}${value}${name}` !== '').map(toOption),
});

const deliveryOf = (order: WireOrder): IncomingAddress | null => {
  const address = order.shipping?.address ?? order.shippingAddress;
  if (address === null) return null;
  const { name, line1, line2, postCode, city, state, country } = address;
  return {
    company: '',
    name,
    lines: [line1, line2, `${postCode} ${city}`.trim(), state].filter((line) => line !== ''),
    country,
    email: order.email,
    phone: '',
  };
};

const fileBeliefs = (order: WireOrder): readonly Belief[] =>
  order.items.flatMap((item, index) =>
    Object.entries(item.files).flatMap(([role, file]) => {
      if (file === null || file.status === '') return [];
      const name = order.items.length === 1 ? `file ${role}` : `file ${item.id || index + 1} ${role}`;
      return [{ name, value: file.status }];
    }),
  );

const told = (name: string, value: string): readonly Belief[] => (value === '' ? [] : [{ name, value }]);

/** An address of a web page; anything else would be a link that leads nowhere, or worse. */
const linkOf = (text: string): string | null =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null;

export interface MapContext {
  readonly timeZone: string;
  readonly nowMs: number;
  /** When the station first heard of the order, for one whose own time cannot be read. */
  readonly knownSinceMs: number;
}

/** All that `GET /orders/{id}` says of an order. `document` is the answer's text. */
export const orderSighting = (order: WireOrder, document: string, context: MapContext): JobSighting => {
  const { timeZone, nowMs, knownSinceMs } = context;
  const state = stateOf(order.status);
  const createdAtMs = wallTimeMs(order.dateTime, timeZone);
  const delivery = deliveryOf(order);
  return {
    externalId: order.id,
    handle: order.id,
    state,
    statusText: order.status,
    beliefs: [
      { name: 'orderStatus', value: order.status },
      ...told('paymentStatus', order.checkout?.status ?? ''),
      ...fileBeliefs(order),
      ...told('trackingLink', linkOf(order.trackingUrl) ?? ''),
    ],
    problem: problemOf(order, nowMs - (createdAtMs ?? knownSinceMs)),
    warnings: [],
    createdAtMs,
    matchKey: null,
    work: {
      orderExternalId: order.id,
      customer: delivery?.name || order.username || order.email,
      reference: order.metadata.length <= longestReference ? order.metadata : '',
      shippingMethod: order.shipping?.method ?? '',
      delivery,
      items: order.items.map((item, index) => toItem(order, item, index)),
      document,
    },
    // The platform prints them, so none is fetched.
    files: [],
    shipped: state === 'done' ? { atMs: nowMs, trackingUrl: linkOf(order.trackingUrl) } : null,
  };
};

/** What a line of a list says: only that the status is this, so that the order itself has to be asked for. */
export const lineSighting = ({ id, status }: WireLine, createdAtMs: number | null): JobSighting => {
  const state = stateOf(status);
  return {
    externalId: id,
    handle: id,
    state,
    statusText: status,
    beliefs: [{ name: 'orderStatus', value: status }],
    problem: state === 'cancelled' ? cancelledProblem : null,
    warnings: [],
    createdAtMs,
    matchKey: null,
    work: null,
    files: null,
    shipped: null,
  };
};
