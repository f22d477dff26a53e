import { readdir } from 'node:fs/promises';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import {
  type DemoName,
  type DemoOrder,
  demoOrders,
  setDemoKnobs,
} from '../../../test/sandbox/cloudprinter/demo-orders.ts';
import { waitFor } from '../wait-for.ts';
import { filesVerified, handedOver, orderWhen } from './order-looks.ts';
import type { Check, DemoFloor, Story } from './story.ts';

interface Scene extends DemoFloor {
  /** The order as the station knows it. */
  readonly reference: string;
}

const signalledWithinMs = 30_000;
const hourMs = 3_600_000;

const item = (order: OrderView, number: number): ItemView => {
  const found = order.items.find((candidate) => candidate.number === number);
  if (found === undefined) throw new Error(`order ${order.externalId} has no item ${number}`);
  return found;
};

const accepted = async ({ platforms }: Scene, itemExternalId: string, type: string): Promise<Check> => {
  const taken = await waitFor(
    `${type} of ${itemExternalId}`,
    async () => platforms.cloudprinter.acceptedTypes(itemExternalId).includes(type),
    signalledWithinMs,
  ).catch(() => false);
  return { what: `${type} taken by the platform`, ok: taken };
};

const ship = async (scene: Scene, order: OrderView, tracking: string): Promise<readonly Check[]> => {
  await scene.client.orders.ship({ order: order.id, tracking });
  const alive = order.items.filter((one) => one.reached.cancelled === undefined);
  return Promise.all(alive.map((one) => accepted(scene, one.externalId, 'ItemShipped')));
};

const registeredOf = async (scene: Scene, order: OrderView): Promise<readonly Check[]> =>
  Promise.all(order.items.map((one) => accepted(scene, one.externalId, 'ItemRegistered')));

/** What the operator does with each order of the fixed set, and what must be true at its end. */
const acts: Readonly<Record<DemoName, (scene: Scene) => Promise<readonly Check[]>>> = {
  plain: async (scene) => {
    const order = await handedOver(scene, scene.reference);
    const registered = await registeredOf(scene, order);
    await scene.client.items.signal({ item: item(order, 1).id, signal: { kind: 'produced' } });
    await scene.client.items.signal({ item: item(order, 1).id, signal: { kind: 'packed' } });
    const shipped = await ship(scene, order, '1ZDEMO000000000001');
    const last = await orderWhen(scene, scene.reference, 'shipped', ({ stage }) => stage === 'shipped');
    return [...registered, filesVerified(last, 'size+md5'), ...shipped, { what: 'stage shipped', ok: true }];
  },
  delayed: async (scene) => {
    const order = await handedOver(scene, scene.reference);
    const one = item(order, 1);
    await scene.client.items.signal({
      item: one.id,
      signal: { kind: 'error', text: 'Book block misregistered, printing again', delayHours: 24 },
    });
    const error = await accepted(scene, one.externalId, 'ItemError');
    const body = scene.platforms.cloudprinter.ledger
      .ofKind('signal')
      .find((entry) => entry.type === 'ItemError' && entry.item === one.externalId)?.body;
    return [
      error,
      { what: 'delay of 24 hours told', ok: String(body?.delay) === '24' },
      ...(await ship(scene, order, '1ZDEMO000000000002')),
    ];
  },
  cancelOneOfTwo: async (scene) => {
    const order = await handedOver(scene, scene.reference, 2);
    const poster = item(order, 1);
    await scene.client.items.signal({
      item: poster.id,
      signal: { kind: 'cancel', cause: 'CancelFilesCorrupt', text: 'The file stops the RIP on page 1' },
    });
    const cancelled = await accepted(scene, poster.externalId, 'ItemCanceled');
    const left = await orderWhen(
      scene,
      scene.reference,
      'with one item left',
      (one) => item(one, 1).stage === 'cancelled',
    );
    const shipped = await ship(scene, left, '1ZDEMO000000000003');
    await orderWhen(scene, scene.reference, 'with its other item shipped', (one) => item(one, 2).stage === 'shipped');
    return [
      cancelled,
      { what: 'poster is cancelled', ok: true },
      ...shipped,
      { what: 'the other item is shipped', ok: shipped.length === 1 },
    ];
  },
  reorder: async (scene) => {
    const order = await handedOver(scene, scene.reference);
    return [
      { what: 'marked as a reorder', ok: order.reorder },
      { what: 'linked to its original', ok: item(order, 1).reorder?.originalOrderId != null },
      ...(await ship(scene, order, '1ZDEMO000000000004')),
    ];
  },
  badMd5Once: async (scene) => {
    const order = await handedOver(scene, scene.reference);
    const block = item(order, 1).files.find((file) => file.role === 'bookBlock');
    return [
      { what: 'the damaged file was fetched twice', ok: block?.attempts === 2 },
      filesVerified(order, 'size+md5'),
      ...(await ship(scene, order, '1ZDEMO000000000005')),
    ];
  },
  badMd5Always: async (scene) => {
    const order = await orderWhen(
      scene,
      scene.reference,
      'a problem',
      ({ items }) => items[0]?.files[0]?.state === 'problem',
    );
    const file = item(order, 1).files[0];
    const lying = [...(await readdir(scene.folder.sheetPress)), ...(await readdir(scene.folder.bookPress))];
    return [
      ...(await registeredOf(scene, order)),
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

const storyOf = (demo: DemoOrder): Story => {
  const externalId = demo.order.id;
  return {
    name: demo.name,
    platform: 'Cloudprinter',
    order: `cp:${externalId}`,
    plot: demo.story,
    before: ({ cloudprinter }) => {
      setDemoKnobs(cloudprinter, demo);
    },
    run: async (floor) => {
      const { answer } = await floor.platforms.cloudprinter.post(demo.order, { to: `${floor.folder.intakeUrl}/cp` });
      const taken = answer.kind === 'answered' && answer.status === 200;
      return [
        { what: 'posted and answered 200', ok: taken },
        ...(await acts[demo.name]({ ...floor, reference: `cp:${externalId}` })),
      ];
    },
    taken: ({ cloudprinter }) =>
      cloudprinter.ledger
        .ofKind('signal')
        .filter((signal) => signal.accepted && signal.order === externalId)
        .map(({ type }) => type.replace('Item', '')),
  };
};

/** The fixed set of orders that Cloudprinter's sandbox has. */
export const cloudprinterStories = (): readonly Story[] =>
  demoOrders({ orderedAt: new Date(), shipBy: new Date(Date.now() + 30 * hourMs) }).map(storyOf);
