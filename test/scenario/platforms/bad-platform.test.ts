import { expect, test } from 'vitest';
import { createCustomersCanvasSandbox } from '../../sandbox/customerscanvas/sandbox.ts';
import { createPrintApiSandbox } from '../../sandbox/printapi/sandbox.ts';
import { createPrintessSandbox } from '../../sandbox/printess/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { PlatformFloor } from '../../support/platform-floor.ts';
import { toCustomersCanvas, toPrintApi, toPrintess } from '../../support/sandbox-connections.ts';

type Id = 'px' | 'pa' | 'cc';
const ids: readonly Id[] = ['px', 'pa', 'cc'];

const openAll = async () => {
  const clock = createFakeClock();
  const nowMs = (): number => clock.nowMs();
  const printess = await createPrintessSandbox({ nowMs, renderMs: 0, behaviour: { callbacks: 'lose' } });
  const printApi = await createPrintApiSandbox({ nowMs, webhooks: 'lose' });
  const canvas = await createCustomersCanvasSandbox({ nowMs });
  const often = { pollSeconds: 10 };
  const floor = await PlatformFloor.open({
    clock,
    connections: [
      toPrintess(printess, 'px', often),
      toPrintApi(printApi, 'pa', often),
      toCustomersCanvas(canvas, 'cc', often),
    ],
    timeoutsMs: 300,
  });
  await floor.settle();
  let orders = 0;
  return {
    floor,
    canvas,
    printApi,
    printess,
    /** One more order at each platform. */
    async order(): Promise<void> {
      orders += 1;
      printess.startOrder({ origin: 'WC', externalOrderId: `O-${orders}`, lines: [{ templateName: 'st:CARD' }] });
      await printApi.place({ id: `PA-${orders}`, items: [{ productId: 'poster', quantity: 1 }] });
      canvas.place({ orderId: String(7000 + orders) });
    },
    /** How many orders of a connection are as far as they get by themselves. */
    async arrived(id: Id): Promise<number> {
      const ofConnection = (await floor.orders()).filter(({ connection }) => connection === id);
      return ofConnection.filter(({ stage, items }) => (id === 'pa' ? items.length === 1 : stage === 'printReady'))
        .length;
    },
    async [Symbol.asyncDispose]() {
      await floor.stop();
      await Promise.all([printess.stop(), printApi.stop(), canvas.stop()]);
    },
  };
};

type All = Awaited<ReturnType<typeof openAll>>;

/** Every answer of a platform is spoilt, as each sandbox names it. */
const spoil: Readonly<Record<string, Readonly<Record<Id, (all: All) => void>>>> = {
  'answers 500': {
    px: ({ printess }) => printess.callKnobs.set({ fault: { kind: 'status', status: 500 } }),
    pa: ({ printApi }) => printApi.requestKnobs.set({ fault: { kind: 'status', status: 500 } }),
    cc: ({ canvas }) => canvas.callKnobs.set({ fault: { kind: 'status', status: 500 } }),
  },
  'answers garbage': {
    px: ({ printess }) => printess.callKnobs.set({ fault: { kind: 'otherBody', body: '{"orders":[{"id":"' } }),
    pa: ({ printApi }) => printApi.requestKnobs.set({ fault: { kind: 'garbage' } }),
    cc: ({ canvas }) => canvas.callKnobs.set({ fault: { kind: 'garbage' } }),
  },
  'answers with a web page': {
    px: ({ printess }) => printess.callKnobs.set({ fault: { kind: 'page' } }),
    pa: ({ printApi }) => printApi.requestKnobs.set({ fault: { kind: 'html' } }),
    cc: ({ canvas }) => canvas.callKnobs.set({ fault: { kind: 'html' } }),
  },
  'is silent': {
    px: ({ printess }) => printess.callKnobs.set({ fault: { kind: 'hang' } }),
    pa: ({ printApi }) => printApi.requestKnobs.set({ fault: { kind: 'hang' } }),
    cc: ({ canvas }) => canvas.callKnobs.set({ fault: { kind: 'hang' } }),
  },
  'is not there': {
    px: ({ printess }) => void printess.goOffline(),
    pa: ({ printApi }) => void printApi.goOffline(),
    cc: ({ canvas }) => void canvas.goOffline(),
  },
};

const heal = async ({ printess, printApi, canvas }: All): Promise<void> => {
  for (const { callKnobs } of [printess, canvas]) callKnobs.clear();
  printApi.requestKnobs.clear();
  await Promise.all([printess.goOnline(), printApi.goOnline(), canvas.goOnline()]);
};

test.each(Object.keys(spoil))(
  'a platform that %s delays only its own channel: the orders of the others come, its own come when it is back',
  async (how) => {
    await using all = await openAll();
    const { floor } = all;
    for (const bad of ids) {
      const before = await all.arrived(bad);
      spoil[how]?.[bad](all);
      await all.order();
      const others = ids.filter((id) => id !== bad);
      await floor.until(`the orders of ${others.join(' and ')} are here although ${bad} ${how}`, async () => {
        const counts = await Promise.all(others.map((id) => all.arrived(id)));
        return counts.every((count) => count === before + 1);
      });
      await floor.until(`${bad} waits`, async () => (await floor.connection(bad)).state === 'waiting');
      expect((await floor.connection(bad)).problem).not.toBeNull();
      for (const id of others) expect(await floor.connection(id)).toMatchObject({ state: 'open', problem: null });
      // Nothing is marked as failed for it.
      expect((await floor.orders()).filter(({ problem }) => problem !== null)).toEqual([]);
      await heal(all);
      await floor.until(`the order of ${bad} is here`, async () => (await all.arrived(bad)) === before + 1);
      expect(await floor.connection(bad)).toMatchObject({ state: 'open', problem: null });
    }
  },
);

test('a platform that is silent when a command is sent delays no command to another', async () => {
  await using all = await openAll();
  const { floor, printess, canvas } = all;
  canvas.place({ orderId: '7001', projects: [{ failsWith: 'font not found' }] });
  const failed = await floor.until('it has failed', async () =>
    (await floor.jobs()).find(({ state }) => state === 'failed'),
  );
  printess.callKnobs.set({ match: { endpoint: '/production/produce' }, fault: { kind: 'hang' } });
  for (const order of ['SO-1', 'SO-2', 'SO-3']) await floor.produce('px', [{ template: 'st:CARD', order }]);
  await floor.command(failed.id, 'resume');
  await floor.until('it goes on', async () => canvas.carriedOut('resume').length === 1);
  // One after another they are lost, and each is looked up: none is sent twice.
  await floor.until('all are known', async () => (await floor.outbox()).every(({ state }) => state === 'sent'));
  expect(printess.jobs()).toHaveLength(3);
});

test('the API of a platform that redirects elsewhere is not followed, and the token stays here', async () => {
  await using all = await openAll();
  const { floor, printess } = all;
  const location = `${printess.otherHostUrl}/orders/list`;
  for (const status of [302, 307]) {
    printess.callKnobs.set({ times: 2, fault: { kind: 'redirect', location, status } });
    await floor.until('it waits', async () => (await floor.connection('px')).state === 'waiting');
    expect((await floor.connection('px')).problem).toContain('redirects');
    await floor.until('it goes on', async () => (await floor.connection('px')).state === 'open');
  }
  expect(printess.ledger.ofKind('leak')).toEqual([]);
  // The control: a token would be seen there.
  await fetch(location, { method: 'POST', headers: { authorization: `Bearer ${printess.serviceToken}` } });
  expect(printess.ledger.ofKind('leak')).toHaveLength(1);
});
