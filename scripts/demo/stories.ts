import { readdir } from 'node:fs/promises';
import type { Client } from '../../main/contract/contract.ts';
import type { ItemView, OrderView } from '../../main/contract/orders.ts';
import type { DemoName } from '../../test/sandbox/cloudprinter/demo-orders.ts';
import type { CloudprinterSandbox } from '../../test/sandbox/cloudprinter/sandbox.ts';
import type { DemoFolder } from './demo-folder.ts';
import { waitFor } from './wait-for.ts';

/** One fact that a demo order must end with. */
export interface Check {
  readonly what: string;
  readonly ok: boolean;
}

export interface StoryContext {
  readonly client: Client;
  readonly sandbox: CloudprinterSandbox;
  readonly folder: DemoFolder;
  /** The order as the station knows it, by its number at Cloudprinter. */
  readonly externalId: string;
}

type Story = (context: StoryContext) => Promise<readonly Check[]>;

const fetchedWithinMs = 60_000;
const signalledWithinMs = 30_000;

const readOrder = async ({ client, externalId }: StoryContext): Promise<OrderView> =>
  (await client.orders.get({ order: `cp:${externalId}` })).order;

const item = (order: OrderView, number: number): ItemView => {
  const found = order.items.find((candidate) => candidate.number === number);
  if (found === undefined) throw new Error(`order ${order.externalId} has no item ${number}`);
  return found;
};

/** Waits until every file of these items lies in a hot folder. */
const handedOver = (context: StoryContext, numbers: readonly number[]): Promise<OrderView> =>
  waitFor(
    `order ${context.externalId} handed over`,
    async () => {
      const order = await readOrder(context);
      const done = numbers.every((number) => item(order, number).reached.handedOver !== undefined);
      return done ? order : null;
    },
    fetchedWithinMs,
  );

const accepted = async ({ sandbox }: StoryContext, itemExternalId: string, type: string): Promise<Check> => {
  const taken = await waitFor(
    `${type} of ${itemExternalId}`,
    async () => sandbox.acceptedTypes(itemExternalId).includes(type),
    signalledWithinMs,
  ).catch(() => false);
  return { what: `${type} taken by the platform`, ok: taken };
};

const filesVerified = (order: OrderView): Check => {
  const files = order.items.flatMap((one) => one.files);
  return {
    what: `${files.length} files verified`,
    ok: files.every((file) => file.state === 'ready' && file.verification === 'size+md5'),
  };
};

const ship = async (context: StoryContext, order: OrderView, tracking: string): Promise<readonly Check[]> => {
  await context.client.orders.ship({ order: order.id, tracking });
  const alive = order.items.filter((one) => one.reached.cancelled === undefined);
  return Promise.all(alive.map((one) => accepted(context, one.externalId, 'ItemShipped')));
};

const registeredOf = async (context: StoryContext, order: OrderView): Promise<readonly Check[]> =>
  Promise.all(order.items.map((one) => accepted(context, one.externalId, 'ItemRegistered')));

/** What the operator does with each order of the fixed set, and what must be true at its end. */
export const stories: Readonly<Record<DemoName, Story>> = {
  plain: async (context) => {
    const order = await handedOver(context, [1]);
    const registered = await registeredOf(context, order);
    await context.client.items.signal({ item: item(order, 1).id, signal: { kind: 'produced' } });
    await context.client.items.signal({ item: item(order, 1).id, signal: { kind: 'packed' } });
    const shipped = await ship(context, order, '1ZDEMO000000000001');
    const last = await readOrder(context);
    return [...registered, filesVerified(last), ...shipped, { what: 'stage shipped', ok: last.stage === 'shipped' }];
  },
  delayed: async (context) => {
    const order = await handedOver(context, [1]);
    const one = item(order, 1);
    await context.client.items.signal({
      item: one.id,
      signal: { kind: 'error', text: 'Book block misregistered, printing again', delayHours: 24 },
    });
    const error = await accepted(context, one.externalId, 'ItemError');
    const body = context.sandbox.ledger
      .ofKind('signal')
      .find((entry) => entry.type === 'ItemError' && entry.item === one.externalId)?.body;
    return [
      error,
      { what: 'delay of 24 hours told', ok: String(body?.delay) === '24' },
      ...(await ship(context, order, '1ZDEMO000000000002')),
    ];
  },
  cancelOneOfTwo: async (context) => {
    const order = await handedOver(context, [1, 2]);
    const poster = item(order, 1);
    await context.client.items.signal({
      item: poster.id,
      signal: { kind: 'cancel', cause: 'CancelFilesCorrupt', text: 'The file stops the RIP on page 1' },
    });
    const cancelled = await accepted(context, poster.externalId, 'ItemCanceled');
    const shipped = await ship(context, await readOrder(context), '1ZDEMO000000000003');
    const last = await readOrder(context);
    return [
      cancelled,
      { what: 'poster is cancelled', ok: item(last, 1).stage === 'cancelled' },
      ...shipped,
      { what: 'the other item is shipped', ok: item(last, 2).stage === 'shipped' && shipped.length === 1 },
    ];
  },
  reorder: async (context) => {
    const order = await handedOver(context, [1]);
    const lineage = item(order, 1).reorder;
    return [
      { what: 'marked as a reorder', ok: order.reorder },
      { what: 'linked to its original', ok: lineage?.originalOrderId != null },
      ...(await ship(context, order, '1ZDEMO000000000004')),
    ];
  },
  badMd5Once: async (context) => {
    const order = await handedOver(context, [1]);
    const block = item(order, 1).files.find((file) => file.role === 'bookBlock');
    return [
      { what: 'the damaged file was fetched twice', ok: block?.attempts === 2 },
      filesVerified(order),
      ...(await ship(context, order, '1ZDEMO000000000005')),
    ];
  },
  badMd5Always: async (context) => {
    const order = await waitFor(
      `order ${context.externalId} is a problem`,
      async () => {
        const candidate = await readOrder(context);
        return candidate.items[0]?.files[0]?.state === 'problem' ? candidate : null;
      },
      120_000,
    );
    const file = order.items[0]?.files[0];
    const lying = [...(await readdir(context.folder.sheetPress)), ...(await readdir(context.folder.bookPress))];
    return [
      ...(await registeredOf(context, order)),
      {
        what: 'a problem that shows both MD5 values',
        ok:
          file?.problem != null &&
          file.expectedMd5 !== null &&
          file.md5 !== null &&
          file.problem.includes(file.expectedMd5) &&
          file.problem.includes(file.md5),
      },
      { what: 'never in a hot folder', ok: file !== undefined && !lying.includes(file.name) },
      { what: 'the order shows it', ok: order.problemCount > 0 },
    ];
  },
};
