import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  DEMO_NAMES,
  DEMO_ORDER_IDS,
  type DemoName,
  demoOrder,
  demoOrders,
  setDemoKnobs,
} from '../../../sandbox/cloudprinter/demo-orders.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../../sandbox/cloudprinter/sandbox.ts';

/** Of each file of the order, whether each of three fetches has the announced MD5. */
async function rightFetches(sandbox: CloudprinterSandbox, name: DemoName): Promise<Record<string, boolean[]>> {
  const demo = demoOrder(name);
  setDemoKnobs(sandbox, demo);
  const { documentFiles } = await sandbox.publish(demo.order);
  const results: Record<string, boolean[]> = {};
  for (const file of documentFiles.values()) {
    const right = [];
    for (let round = 0; round < 3; round += 1) {
      const bytes = await fetch(file.url).then((response) => response.arrayBuffer());
      right.push(createHash('md5').update(new Uint8Array(bytes)).digest('hex') === file.md5sum);
    }
    results[file.type] = right;
  }
  return results;
}

test('the demo has an order of each kind, with the announced ids', () => {
  expect(demoOrders().map(({ name, order }) => [name, order.id])).toEqual(
    DEMO_NAMES.map((name) => [name, DEMO_ORDER_IDS[name]]),
  );
  expect(demoOrder('cancelOneOfTwo').order.items).toHaveLength(2);
});

test('the reorder names the first order and its item', () => {
  expect(demoOrder('reorder').order.items[0]?.reorder).toMatchObject({
    orderId: DEMO_ORDER_IDS.plain,
    itemId: demoOrder('plain').order.items[0]?.id,
  });
});

test('one file comes right on the second fetch, one never', async () => {
  await using sandbox = await createCloudprinterSandbox();
  expect(await rightFetches(sandbox, 'badMd5Once')).toEqual({ cover: [true, true, true], book: [false, true, true] });
  expect(await rightFetches(sandbox, 'badMd5Always')).toEqual({ product: [false, false, false] });
  expect(await rightFetches(sandbox, 'cancelOneOfTwo')).toEqual({ product: [true, true, true] });
});
