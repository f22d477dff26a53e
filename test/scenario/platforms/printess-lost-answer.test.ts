import { expect, test } from 'vitest';
import { until } from '../../support/scenario-until.ts';
import { openPrintess } from './printess-floor.ts';

const produce = '/production/produce';
const caller = { by: 'AB' };

type Printess = Awaited<ReturnType<typeof openPrintess>>;

/** The only command of the outbox. */
const command = async ({ floor }: Printess) => {
  const rows = (await floor.outbox()).filter(({ retriedAs }) => retriedAs === null);
  const [only] = rows;
  if (only === undefined || rows.length > 1) throw new Error(`${rows.length} commands`);
  return only;
};

const untilCommandIs = (printess: Printess, state: string) =>
  printess.floor.until(`the command is ${state}`, async () => {
    const found = await command(printess);
    return found.state === state && found;
  });

/** One job there, one order with one item here, and its files are those of that job. */
const expectOneJob = async ({ floor, sandbox, calls }: Printess, order: string) => {
  expect(calls(produce)).toHaveLength(1);
  const [job] = sandbox.jobs();
  expect(sandbox.jobs()).toHaveLength(1);
  const orders = await floor.orders();
  expect(orders.map(({ externalId, items }) => [externalId, items.length])).toEqual([[order, 1]]);
  expect((await floor.jobs()).map(({ externalId }) => externalId)).toEqual([job?.jobId]);
  expect(orders[0]?.problem).toBeNull();
};

test('a lost answer becomes a maybe, is looked up at Printess, and the job that was made is adopted', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.callKnobs.set({ match: { endpoint: produce }, times: 1, fault: { kind: 'answerLost' } });
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  const maybe = await untilCommandIs(printess, 'maybe');
  expect(maybe.repeatable).toBe(false);
  expect((await floor.order('px:SO-1')).problem).toContain('/production/produce');
  await untilCommandIs(printess, 'sent');
  await printess.untilReady('SO-1');
  await expectOneJob(printess, 'SO-1');
  expect((await floor.history('px:SO-1')).map(({ code }) => code)).toEqual(
    expect.arrayContaining(['signal.maybe', 'signal.found']),
  );
});

test('there is one job for each command, in whatever way its answer is lost', async () => {
  await using printess = await openPrintess({ timeoutsMs: 300 });
  const { floor, sandbox } = printess;
  const faults = [
    { kind: 'otherBody', body: '{"jobId":"' },
    { kind: 'otherBody', body: '{"jobId":null,"orderId":null}' },
    // A proxy's, after the job was made.
    { kind: 'otherBody', body: '', status: 502 },
    { kind: 'hang' },
  ] as const;
  for (const [at, fault] of faults.entries()) {
    sandbox.callKnobs.set({ match: { endpoint: produce, order: `SO-${at}` }, times: 1, fault });
    await floor.produce('px', [{ template: 'st:CARD', order: `SO-${at}` }]);
    await floor.until('it is known', async () => (await floor.outbox()).every(({ state }) => state === 'sent'));
    const order = await printess.untilReady(`SO-${at}`);
    expect(order).toMatchObject({ problem: null, items: [{ files: [{ state: 'ready' }] }] });
    expect(order.jobs).toHaveLength(1);
  }
  expect(sandbox.jobs()).toHaveLength(faults.length);
  expect(printess.calls(produce)).toHaveLength(faults.length);
  expect(await floor.jobs()).toHaveLength(faults.length);
});

test.each(['token', 'template'] as const)(
  'the list may see the job before the answer is known to be lost: it is adopted once (named by its %s)',
  async (listTemplate) => {
    await using printess = await openPrintess({ sandbox: { behaviour: { listTemplate } } });
    const { floor, sandbox } = printess;
    const answerLost = { kind: 'answerLost' } as const;
    sandbox.callKnobs.set({ match: { endpoint: produce }, times: 1, fault: { kind: 'delay', delayMs: 600 } });
    sandbox.callKnobs.set({ match: { endpoint: produce }, times: 1, fault: answerLost });
    await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
    // While the answer is on its way, the list is asked.
    await sandbox.ledger.waitFor('call', ({ endpoint }) => endpoint === produce);
    await floor.station.handlers.connections.reconcile({ id: 'px' }, caller);
    await sandbox.ledger.waitFor('call', ({ endpoint }) => endpoint === '/orders/list');
    await floor.until('the list has named it', async () => (await floor.jobs())[0]?.externalId !== null);
    await untilCommandIs(printess, 'sent');
    await printess.untilReady('SO-1');
    await expectOneJob(printess, 'SO-1');
  },
);

test('the callback may come before the look-up, and from a list that never shows the job: it is adopted once', async () => {
  await using printess = await openPrintess({ sandbox: { behaviour: { callbacks: 'manual' } } });
  const { floor, sandbox } = printess;
  sandbox.callKnobs.set({ match: { endpoint: produce }, times: 1, fault: { kind: 'answerLost' } });
  sandbox.callKnobs.set({ match: { endpoint: '/orders/list' }, fault: { kind: 'status', status: 500 } });
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await untilCommandIs(printess, 'maybe');
  const [job] = sandbox.jobs();
  if (job === undefined) throw new Error('no job was made');
  sandbox.finish(job.jobId);
  expect(await sandbox.sendCallback(job.jobId)).toMatchObject({ answer: { status: 200 } });
  await printess.untilReady('SO-1');
  await untilCommandIs(printess, 'sent');
  await expectOneJob(printess, 'SO-1');
});

test('when nothing was made, the command stays a maybe, a person is asked, and "send again" makes one job', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.callKnobs.set({ match: { endpoint: produce }, times: 1, fault: { kind: 'reset' } });
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await floor.until('it was looked up as often as it is', async () => {
    const { state, nextAttemptAt } = await command(printess);
    return state === 'maybe' && nextAttemptAt === null;
  });
  await floor.pass(300);
  expect(printess.calls(produce)).toHaveLength(1);
  expect(sandbox.jobs()).toEqual([]);
  const order = await floor.order('px:SO-1');
  expect(order.problemCount).toBe(1);
  expect(order.problem).toContain('Printess lists no job');

  const { id } = await command(printess);
  await floor.station.handlers.outbox.retry({ id }, caller);
  await floor.station.handlers.outbox.retry({ id }, caller);
  await printess.untilReady('SO-1');
  expect(sandbox.jobs()).toHaveLength(1);
  expect(printess.calls(produce)).toHaveLength(2);
  expect((await floor.order('px:SO-1')).problem).toBeNull();
});

test('whoever asks to send again while Printess is being asked is told so, and there is one job', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.callKnobs.set({ match: { endpoint: produce }, times: 1, fault: { kind: 'answerLost' } });
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  const { id } = await untilCommandIs(printess, 'maybe');
  sandbox.callKnobs.set({ match: { order: 'SO-1' }, fault: { kind: 'delay', delayMs: 300 } });
  const looksUp = () => printess.calls('/orders/list').some(({ body }) => body.externalOrderId === 'SO-1');
  await until('it is looked up', looksUp, { turning: floor.clock });
  await expect(floor.station.handlers.outbox.retry({ id }, caller)).rejects.toThrow('looked up');
  const reason = 'made by hand';
  await expect(floor.station.handlers.outbox.dismiss({ id, reason }, caller)).rejects.toThrow('looked up');
  await printess.untilReady('SO-1');
  await expectOneJob(printess, 'SO-1');
});

test('two lines of one template never get the files of each other, however their jobs become known', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox, postOrder } = printess;
  const answerLost = { kind: 'answerLost' } as const;
  sandbox.callKnobs.set({ match: { endpoint: produce }, times: 2, fault: { kind: 'delay', delayMs: 600 } });
  sandbox.callKnobs.set({ match: { endpoint: produce }, times: 2, fault: answerLost });
  const line = (name: string) => ({ line: name, template: 'Card', vdp: { form: { name } } });
  await postOrder({ order: 'SO-1', lines: [line('Ann'), line('Bob')] });
  const isAskedFor = (name: string): boolean =>
    sandbox.ledger.ofKind('call').some(({ body }) => String(body.orderMetaData).includes(name));
  await floor.until('both are asked for', async () => isAskedFor('Ann') && isAskedFor('Bob'));
  // The newest is listed first, which is that of the second line.
  await floor.station.handlers.connections.reconcile({ id: 'px' }, caller);
  const order = await printess.untilReady('SO-1');
  const jobs = await floor.jobs();
  const made = order.items.map(({ externalId, jobId }) => {
    const { externalId: there = null } = jobs.find(({ id }) => id === jobId) ?? {};
    return [externalId, JSON.parse(sandbox.job(there ?? '')?.metaData ?? '{}').platen?.line];
  });
  expect(made).toEqual([
    ['Ann', 'Ann'],
    ['Bob', 'Bob'],
  ]);
  expect(sandbox.jobs()).toHaveLength(2);
});

test('a command that was on its way when the station stopped is looked up after the start, and not sent again', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.callKnobs.set({ match: { endpoint: produce }, times: 1, fault: { kind: 'hang' } });
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await sandbox.ledger.waitFor('call', ({ endpoint }) => endpoint === produce);
  await floor.stop();
  await floor.start();
  await untilCommandIs(printess, 'sent');
  await printess.untilReady('SO-1');
  await expectOneJob(printess, 'SO-1');
});
