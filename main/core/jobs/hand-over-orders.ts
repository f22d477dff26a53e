import { randomBytes } from 'node:crypto';
import { ContractError } from '../../contract/failure.ts';
import { matchKeyOf } from '../domain/job-sighting.ts';
import { enqueueSignals } from '../outbox/enqueue-signal.ts';
import type { ShopLine, ShopOrder } from '../platforms/platform.ts';
import { refreshProgressOfOrders } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { JobContext } from './job-context.ts';
import { insertJob } from './job-rows.ts';
import { addItems, takeInOrder } from './take-in-order.ts';

export interface HandedOver {
  readonly orderId: number;
  readonly externalId: string;
  /** `known`: everything of it was here already, nothing changed. */
  readonly outcome: 'stored' | 'known';
  /** The outbox rows of the commands. */
  readonly commandIds: readonly number[];
}

export interface HandOverOptions {
  /** `backend` when the shop's server posted it, else who asked for it. */
  readonly by: string;
  /** What to do with a line that the order already has: rendering is billed. */
  readonly whenKnown: 'skip' | 'refuse' | 'again';
}

/** Begins with this while the platform is asked which jobs an order has. */
const orderLookUpPrefix = 'order ';

/** A nonce that nobody guesses, fit for an address. */
const newNonce = (): string => randomBytes(24).toString('base64url');

const produceLine = async (
  transaction: WriteTransaction,
  context: JobContext,
  order: { readonly id: number; readonly externalId: string },
  line: ShopLine,
  by: string,
): Promise<readonly number[]> => {
  const { connection, nowMs } = context;
  const job = await insertJob(transaction, {
    connectionId: connection.id,
    externalId: null,
    nowMs,
    orderId: order.id,
    matchKey: matchKeyOf(order.externalId, line.template),
    nonce: newNonce(),
  });
  const itemIds = await addItems(transaction, context, order.id, job.id, [
    {
      externalId: line.externalId,
      title: line.title,
      product: line.product,
      description: '',
      copies: line.copies,
      pages: null,
      options: [],
    },
  ]);
  return enqueueSignals(transaction, {
    platform: connection.platform,
    connectionId: connection.id,
    orderId: order.id,
    itemIds,
    jobId: job.id,
    kind: 'produce',
    payload: { ...line.extra, template: line.template, copies: line.copies },
    atMs: nowMs,
    undoMs: 0,
    createdBy: by,
    itemsAreNew: true,
  });
};

/** Has the platform asked which jobs the order has: at once, and until there are some. */
const lookUpOrder = async (
  transaction: WriteTransaction,
  { connection, nowMs }: JobContext,
  order: { readonly id: number; readonly externalId: string },
): Promise<boolean> => {
  const { db } = transaction;
  const known = await db.selectFrom('jobs').select('id').where('orderId', '=', order.id).limit(1).executeTakeFirst();
  if (known !== undefined) return false;
  await insertJob(transaction, {
    connectionId: connection.id,
    externalId: `${orderLookUpPrefix}${order.externalId}`,
    nowMs,
    orderId: order.id,
    nextAtMs: nowMs,
  });
  return true;
};

const knownLines = async ({ db }: WriteTransaction, orderId: number): Promise<Set<string>> => {
  const items = await db.selectFrom('items').select('externalId').where('orderId', '=', orderId).execute();
  return new Set(items.map((item) => item.externalId));
};

const freeName = (name: string, taken: ReadonlySet<string>): string => {
  for (let copy = 2; ; copy += 1) if (!taken.has(`${name} #${copy}`)) return `${name} #${copy}`;
};

const handOverOne = async (
  transaction: WriteTransaction,
  context: JobContext,
  shopOrder: ShopOrder,
  { by, whenKnown }: HandOverOptions,
): Promise<HandedOver> => {
  const { externalId, lines } = shopOrder;
  const orderId = await takeInOrder(
    transaction,
    context,
    {
      orderExternalId: externalId,
      customer: '',
      reference: '',
      shippingMethod: '',
      delivery: null,
      document: JSON.stringify(shopOrder),
    },
    by,
  );
  const order = { id: orderId, externalId };
  if (lines.length === 0) {
    const stored = await lookUpOrder(transaction, context, order);
    return { orderId, externalId, outcome: stored ? 'stored' : 'known', commandIds: [] };
  }
  const taken = await knownLines(transaction, orderId);
  const commandIds: number[] = [];
  for (const line of lines) {
    const isKnown = taken.has(line.externalId);
    if (isKnown && whenKnown === 'skip') continue;
    if (isKnown && whenKnown === 'refuse') {
      const what = `order ${externalId} has ${line.externalId} already`;
      throw new ContractError('conflict', `${what}: producing it again is billed again`);
    }
    const name = isKnown ? freeName(line.externalId, taken) : line.externalId;
    taken.add(name);
    commandIds.push(...(await produceLine(transaction, context, order, { ...line, externalId: name }, by)));
  }
  return { orderId, externalId, outcome: commandIds.length > 0 ? 'stored' : 'known', commandIds };
};

/**
 * Takes orders that the shop hands over: each line becomes an item with a produce command, or the platform is asked
 * for the order's jobs. All of them or none; a line that is known already is never produced again by accident.
 */
export const handOverOrders = async (
  transaction: WriteTransaction,
  context: JobContext,
  orders: readonly ShopOrder[],
  options: HandOverOptions,
): Promise<readonly HandedOver[]> => {
  const handed: HandedOver[] = [];
  for (const order of orders) handed.push(await handOverOne(transaction, context, order, options));
  await refreshProgressOfOrders(transaction, [...new Set(handed.map(({ orderId }) => orderId))]);
  return handed;
};
