import { expect, test } from 'vitest';
import { orderFacts } from '../../support/platform-floor.ts';
import { openPrintess } from './printess-floor.ts';

const produce = '/production/produce';

test('a line that an operator produces becomes verified files of its item', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.setDocuments('st:BOOK', [
    { name: 'cover', pageCount: 1 },
    { name: 'inside', pageCount: 12 },
  ]);
  await floor.produce('px', [{ template: 'st:BOOK', order: 'SO-10442', copies: 25 }]);
  const order = await printess.untilReady('SO-10442');
  expect(order.items).toHaveLength(1);
  expect(order.items[0]?.copies).toBe(25);
  expect(order.items[0]?.files.map(({ role, verification }) => [role, verification])).toEqual([
    ['cover', 'length+structure'],
    ['inside', 'length+structure'],
  ]);
  expect(sandbox.ledger.ofKind('leak')).toEqual([]);
  expect(sandbox.jobs()).toHaveLength(1);
});

test("an order that the shop's backend posts is stored before it is answered, and each line is produced once", async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  const order = {
    order: 'SO-1041',
    lines: [
      { line: '1', saveToken: 'st:CARD', copies: 250, title: 'Business cards' },
      { line: '2', template: 'Menu A4', copies: 12, vdp: { form: { name: 'Bistro' } } },
    ],
  };
  const { status, text } = await printess.postOrder(order);
  expect(status).toBe(202);
  expect(JSON.parse(text)).toMatchObject({ orders: [{ order: 'SO-1041', outcome: 'stored' }] });
  expect((await floor.order('px:SO-1041')).items.map(({ externalId, copies }) => [externalId, copies])).toEqual([
    ['1', 250],
    ['2', 12],
  ]);
  await printess.untilReady('SO-1041');
  expect(printess.calls(produce).map(({ body }) => body)).toEqual([
    expect.objectContaining({
      templateName: 'st:CARD',
      origin: 'Floor, site A',
      externalOrderId: 'SO-1041',
      copies: 250,
      outputType: 'pdf',
      outputSettings: { dpi: 300, jpegCompression: 90 },
      callbackUrl: expect.stringMatching(/\/in\/px\/callback\/[\w-]{32}$/),
    }),
    expect.objectContaining({ templateName: 'Menu A4', copies: 12, vdp: { form: { name: 'Bistro' } } }),
  ]);
  const nonces = printess.calls(produce).map(({ body }) => body.callbackUrl);
  expect(new Set(nonces).size).toBe(2);
  expect(sandbox.jobs()).toHaveLength(2);
});

test('the same post again changes nothing and makes no second job, a new line of it makes one', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  const first = { line: '1', saveToken: 'st:CARD', copies: 250 };
  await printess.postOrder({ order: 'SO-1041', lines: [first] });
  const before = await printess.untilReady('SO-1041');
  for (const copies of [250, 300]) {
    const { status, text } = await printess.postOrder({ order: 'SO-1041', lines: [{ ...first, copies }] });
    expect(status).toBe(202);
    expect(JSON.parse(text)).toMatchObject({ orders: [{ outcome: 'known' }] });
  }
  await floor.pass(120);
  expect(orderFacts([await floor.order('px:SO-1041')])).toEqual(orderFacts([before]));
  expect(sandbox.jobs()).toHaveLength(1);
  // The control: what is new is produced.
  await printess.postOrder({ order: 'SO-1041', lines: [first, { line: '2', saveToken: 'st:FLYER' }] });
  await floor.until('the new line is made', async () => sandbox.jobs().length === 2);
  expect(sandbox.jobs().map(({ templateName }) => templateName)).toEqual(['st:CARD', 'st:FLYER']);
});

test('whoever does not know the backend token is answered 401, and nothing is stored', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  const order = { order: 'SO-1041', saveToken: 'st:CARD' };
  const wrong = [null, 'another-token', '', sandbox.serviceToken, sandbox.shopToken];
  for (const token of wrong) expect((await printess.postOrder(order, token)).status).toBe(401);
  const elsewhere = { 'content-type': 'application/json', authorization: 'Bearer backend-token-of-the-shop' };
  expect((await floor.post('/in/py/orders', JSON.stringify(order), elsewhere)).status).toBe(404);
  await floor.pass(60);
  expect(await floor.orders()).toEqual([]);
  expect(sandbox.jobs()).toEqual([]);
  expect((await printess.postOrder(order)).status).toBe(202);
  await printess.untilReady('SO-1041');
});

test('what cannot be an order is answered 400 and makes no part of a job', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  const good = { line: '1', saveToken: 'st:CARD' };
  const bad: readonly unknown[] = [
    { order: 'SO-1', lines: [] },
    { lines: [good] },
    { order: 'SO-1', lines: [good, { line: '2' }] },
    { order: 'SO-1', lines: [good, { ...good, copies: 0 }] },
    [{ order: 'SO-1', lines: [good] }, { order: '' }],
    'SO-1',
  ];
  for (const body of bad) expect((await printess.postOrder(body)).status, JSON.stringify(body)).toBe(400);
  await floor.pass(60);
  expect(await floor.orders()).toEqual([]);
  expect(sandbox.jobs()).toEqual([]);
});

test('a line that an order has already is refused to an operator, unless they say that they mean it', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  const line = { template: 'st:CARD', order: 'SO-7' };
  await floor.produce('px', [line]);
  await printess.untilReady('SO-7');
  await expect(floor.produce('px', [line])).rejects.toThrow('billed again');
  await floor.pass(60);
  expect(sandbox.jobs()).toHaveLength(1);
  await floor.produce('px', [line], true);
  await floor.until('both are here', async () => {
    const { stage, items } = await floor.order('px:SO-7');
    return stage === 'printReady' && items.length === 2;
  });
  expect(sandbox.jobs()).toHaveLength(2);
});

test.each([
  [402, 17, 'Not enough credits'],
  [406, 4711, 'The template does not exist'],
] as const)(
  '%i parks the command with the code and message of Printess, and the others go on',
  async (status, c, m) => {
    await using printess = await openPrintess();
    const { floor, sandbox } = printess;
    sandbox.callKnobs.set({ match: { template: 'st:BAD' }, times: 1, fault: { kind: 'notAccepted', status, c, m } });
    await floor.produce('px', [{ template: 'st:BAD', order: 'SO-1' }]);
    const [parked] = await floor.until('it is parked', async () => {
      const problems = (await floor.outbox()).filter(({ state }) => state === 'problem');
      return problems.length > 0 && problems;
    });
    expect(parked).toMatchObject({ kind: 'produce', lastError: expect.stringContaining(String(c)) });
    expect(parked?.lastError).toContain(m);
    expect(await floor.order('px:SO-1')).toMatchObject({ problem: expect.stringContaining(m) });
    await floor.pass(900);
    expect(printess.calls(produce)).toHaveLength(1);

    await floor.produce('px', [{ template: 'st:GOOD', order: 'SO-2' }]);
    if (status === 406) await printess.untilReady('SO-2');
    else {
      // Whoever has to pay pays for all: paid commands wait until a person says that the account is topped up.
      await floor.pass(600);
      const { channels, state } = await floor.connection('px');
      expect(channels.find(({ name }) => name === 'commands')).toMatchObject({ state: 'alarm', waitingCount: 1 });
      expect(state).toBe('alarm');
      expect(printess.calls(produce)).toHaveLength(1);
      await floor.station.handlers.connections.resume({ id: 'px' }, { by: 'AB' });
      await printess.untilReady('SO-2');
    }
    await floor.station.handlers.outbox.retry({ id: parked?.id ?? 0 }, { by: 'AB' });
    await printess.untilReady('SO-1');
    expect(sandbox.jobs().map(({ templateName }) => templateName)).toEqual(['st:GOOD', 'st:BAD']);
  },
);
