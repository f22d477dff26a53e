import { localTime, sortableTime } from './local-time.ts';
import type {
  FileRole,
  FileStatus,
  OrderFile,
  OrderStatus,
  OrderToPlace,
  PaymentStatus,
  PrintApiOrder,
} from './order.ts';

const ADDRESS = { name: 'A. Tester', line1: 'Straat 1', postCode: '1000 AA', city: 'Stad', country: 'NL' } as const;
const FIRST_NUMBER = 10_001;

/** A line of `/sync/statuses`. */
export interface StatusUpdate {
  readonly id: string;
  readonly status: OrderStatus;
  readonly dateTime: string;
}

/** The orders of one account, and the times at which their statuses changed. */
export interface OrderBook {
  place(order: OrderToPlace): PrintApiOrder;
  get(id: string): PrintApiOrder | undefined;
  /** Throws for an order that is not there, as do the others that change one. */
  setStatus(id: string, status: OrderStatus, trackingUrl: string | undefined): void;
  setPayment(id: string, payment: PaymentStatus): void;
  setFile(id: string, item: string, role: FileRole, status: FileStatus): void;
  vanish(id: string): void;
  newestFirst(): readonly PrintApiOrder[];
  /** Those at or after the local time, oldest first; null when it is no time. */
  updatesSince(since: string): readonly StatusUpdate[] | null;
}

export function createOrderBook(nowMs: () => number): OrderBook {
  const orders = new Map<string, PrintApiOrder>();
  const updates: (StatusUpdate & { readonly sortsAs: string })[] = [];
  let placed = 0;

  const known = (id: string): PrintApiOrder => {
    const order = orders.get(id);
    if (order === undefined) throw new Error(`no order ${id}`);
    return order;
  };
  const change = (id: string, what: Partial<PrintApiOrder>) => orders.set(id, { ...known(id), ...what });
  /** Any digits beyond the millisecond, so that answers have 0 to 7 of them. */
  const stamp = (atMs: number) => localTime(atMs, ((placed + updates.length) * 1250) % 10_000);
  const noteStatus = (id: string, status: OrderStatus, atMs: number) => {
    const dateTime = stamp(atMs);
    updates.push({ id, status, dateTime, sortsAs: sortableTime(dateTime) ?? '' });
  };

  return {
    place(wanted) {
      const atMs = wanted.placedAtMs ?? nowMs();
      const order: PrintApiOrder = {
        id: wanted.id ?? `PA-${FIRST_NUMBER + placed}`,
        dateTime: stamp(atMs),
        status: wanted.status ?? 'Created',
        trackingUrl: undefined,
        payment: wanted.payment,
        items: wanted.items.map((item, index) => ({
          id: String(index + 1).padStart(5, '0'),
          productId: item.productId,
          quantity: item.quantity,
          pageCount: item.pageCount,
          metadata: item.metadata,
          files: filesOf(item.files),
        })),
        email: wanted.email,
        username: wanted.username,
        express: wanted.express ?? false,
        metadata: wanted.metadata,
        address: wanted.address ?? ADDRESS,
      };
      if (orders.has(order.id)) throw new Error(`order ${order.id} is there already`);
      placed += 1;
      orders.set(order.id, order);
      noteStatus(order.id, order.status, atMs);
      return order;
    },
    get: (id) => orders.get(id),
    setStatus(id, status, trackingUrl) {
      change(id, { status, trackingUrl: trackingUrl ?? known(id).trackingUrl });
      noteStatus(id, status, nowMs());
    },
    setPayment(id, payment) {
      change(id, { payment });
    },
    setFile(id, item, role, status) {
      const file = known(id)
        .items.find((candidate) => candidate.id === item)
        ?.files.get(role);
      if (file === undefined) throw new Error(`order ${id} has no ${role} of item ${item}`);
      const items = known(id).items.map((candidate) =>
        candidate.id === item
          ? { ...candidate, files: new Map(candidate.files).set(role, { ...file, status }) }
          : candidate,
      );
      change(id, { items });
    },
    vanish(id) {
      known(id);
      orders.delete(id);
      for (let index = updates.length - 1; index >= 0; index -= 1)
        if (updates[index]?.id === id) updates.splice(index, 1);
    },
    newestFirst: () =>
      [...orders.values()]
        .map((order, index) => ({ order, index, time: sortableTime(order.dateTime) ?? '' }))
        .sort((a, b) => (a.time === b.time ? b.index - a.index : a.time < b.time ? 1 : -1))
        .map(({ order }) => order),
    updatesSince(since) {
      const from = sortableTime(since);
      if (from === null) return null;
      return updates
        .filter((update) => update.sortsAs >= from)
        .sort((a, b) => (a.sortsAs < b.sortsAs ? -1 : a.sortsAs > b.sortsAs ? 1 : 0))
        .map(({ id, status, dateTime }) => ({ id, status, dateTime }));
    },
  };
}

function filesOf(wanted: OrderToPlace['items'][number]['files']): ReadonlyMap<FileRole, OrderFile> {
  const files = new Map<FileRole, OrderFile>();
  for (const role of ['content', 'cover'] as const) {
    const file = wanted?.[role];
    if (file === undefined) continue;
    const status = file.status ?? (file.downloadUrl === undefined ? 'AwaitingUpload' : 'DownloadPending');
    files.set(role, { status, downloadUrl: file.downloadUrl });
  }
  return files;
}
