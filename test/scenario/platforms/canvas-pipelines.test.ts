import { expect, test } from 'vitest';
import { openCanvas } from './canvas-floor.ts';

const caller = { by: 'AB' };
type Canvas = Awaited<ReturnType<typeof openCanvas>>;

/** An order of one project whose pipeline has failed; the station has heard why. */
const openFailed = async (options: Parameters<typeof openCanvas>[0] = {}) => {
  const canvas = await openCanvas(options);
  const { projects } = canvas.sandbox.place({ orderId: '5001', projects: [{ failsWith: 'font not found' }] });
  const order = await canvas.untilOrder('5001', 'has failed', ({ problem }) => problem?.includes('font') === true);
  return { ...canvas, project: projects[0]?.id ?? 0, job: order.jobs[0]?.id ?? 0 };
};

const commandGapsMs = ({ sandbox }: Canvas): number[] => {
  const posts = sandbox.ledger.ofKind('call').filter(({ call }) => call === 'resume' || call === 'restart');
  const atMs = posts.map(({ at }) => Date.parse(at));
  return atMs.slice(1).map((at, index) => at - (atMs[index] ?? 0));
};

const atMostOncePerMinute = ({ sandbox }: Canvas): void =>
  expect(sandbox.shortestResultsGapMs() ?? 60_000).toBeGreaterThanOrEqual(60_000);

test('a failed pipeline shows why and offers resume first; resume goes on and pays for nothing again', async () => {
  await using canvas = await openFailed();
  const { floor, sandbox, project, job } = canvas;
  const order = await floor.order('cc:5001');
  expect(order.problem).toContain('font not found');
  expect(order.problem).toContain('Resume goes on from the failed task');
  expect(order.jobs[0]?.actions).toEqual(['check', 'resume', 'restart']);
  await floor.command(job, 'resume');
  const ready = await canvas.untilReady('5001');
  expect(ready.problem).toBeNull();
  expect(sandbox.pipelineStarts(project)).toBe(1);
  expect(canvas.calls('restart')).toEqual([]);
  atMostOncePerMinute(canvas);
});

test('restart runs every task again and its new files take the place of the old', async () => {
  await using canvas = await openFailed();
  const { floor, sandbox, project, job } = canvas;
  await floor.command(job, 'restart');
  const first = await canvas.untilReady('5001');
  expect(sandbox.pipelineStarts(project)).toBe(2);
  const [artifact] = canvas.calls('artifactFile').map(({ path }) => path);

  sandbox.fail(project, 'edited meanwhile');
  await canvas.untilOrder('5001', 'has failed again', ({ problem }) => problem?.includes('edited') === true);
  await floor.command(job, 'restart');
  const second = await floor.until('the new files are here', async () => {
    const found = await floor.order('cc:5001');
    return found.stage === 'printReady' && found.problem === null && canvas.calls('artifactFile').length > 1 && found;
  });
  expect(canvas.calls('artifactFile').at(-1)?.path).not.toBe(artifact);
  expect(second.items).toHaveLength(1);
  expect(second.items[0]?.files).toHaveLength(1);
  expect(second.items[0]?.files[0]?.path).not.toBe(first.items[0]?.files[0]?.path);
  atMostOncePerMinute(canvas);
});

test('a pipeline that ends right after it was resumed is asked for its files, within the minute that has to pass', async () => {
  await using canvas = await openFailed({ sandbox: { pipelineMs: 0 } });
  const { floor, sandbox, project, job } = canvas;
  for (const command of ['resume', 'restart'] as const) {
    await floor.command(job, command);
    const before = floor.clock.nowMs();
    await floor.until(`${command} helped`, async () => {
      const { stage, problem } = await floor.order('cc:5001');
      return stage === 'printReady' && problem === null;
    });
    expect(floor.clock.nowMs() - before).toBeLessThan(300_000);
    atMostOncePerMinute(canvas);
    sandbox.fail(project, 'font not found');
    await canvas.untilOrder('5001', 'has failed again', ({ problem }) => problem?.includes('font') === true);
  }
});

test('between two commands about a project there is at least one minute', async () => {
  await using canvas = await openFailed();
  const { floor, sandbox, project, job } = canvas;
  for (const command of ['resume', 'resume', 'restart'] as const) {
    await floor.until('it can be asked for', async () => (await floor.jobs())[0]?.actions.includes(command) === true);
    await floor.command(job, command);
    await expect(floor.command(job, command)).rejects.toThrow(/still/);
    await floor.until('it was sent', async () => (await floor.outbox()).every(({ state }) => state === 'sent'));
    sandbox.fail(project, 'font not found');
    await floor.station.handlers.connections.reconcile({ id: 'cc' }, caller);
  }
  const gaps = commandGapsMs(canvas);
  expect(gaps).toHaveLength(2);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60_000);
});

test('a lost answer to resume or restart is looked up, and neither is sent again by itself', async () => {
  await using canvas = await openFailed();
  const { floor, sandbox, project, job } = canvas;
  for (const command of ['resume', 'restart'] as const) {
    sandbox.callKnobs.set({ match: { call: command }, times: 1, fault: { kind: 'answerLost' } });
    await floor.command(job, command);
    await canvas.untilOrder('5001', 'goes on', ({ stage, problem }) => stage === 'printReady' && problem === null);
    await floor.until('it is known', async () => (await floor.outbox()).every(({ state }) => state === 'sent'));
    expect(canvas.calls(command)).toHaveLength(1);
    sandbox.fail(project, 'font not found');
    await canvas.untilOrder('5001', 'has failed again', ({ problem }) => problem?.includes('font') === true);
  }
  expect(sandbox.pipelineStarts(project)).toBe(2);
});

test('a command that never arrived stays a maybe until a person decides', async () => {
  await using canvas = await openFailed();
  const { floor, sandbox, project, job } = canvas;
  sandbox.callKnobs.set({ match: { call: 'restart' }, times: 1, fault: { kind: 'reset' } });
  await floor.command(job, 'restart');
  await floor.until('it was looked up as often as it is', async () => {
    const [row] = await floor.outbox();
    return row?.state === 'maybe' && row.nextAttemptAt === null;
  });
  expect(canvas.calls('restart')).toHaveLength(1);
  expect((await floor.outbox())[0]?.lastError).toContain('Failed');
  const [row] = await floor.outbox();
  await floor.station.handlers.outbox.retry({ id: row?.id ?? 0 }, caller);
  await canvas.untilReady('5001');
  expect(sandbox.pipelineStarts(project)).toBe(2);
});

test('a command that the platform refuses says why and holds nothing back', async () => {
  await using canvas = await openFailed({ settings: { pollSeconds: 600 } });
  const { floor, sandbox, project, job } = canvas;
  // Somebody else has resumed it meanwhile.
  sandbox.complete(project);
  await floor.command(job, 'resume');
  const [refused] = await floor.until('it is refused', async () => {
    const rows = await floor.outbox();
    return rows[0]?.state === 'problem' && rows;
  });
  expect(refused?.lastError).toContain('only a pipeline that failed');
  await canvas.untilReady('5001');
  expect((await floor.order('cc:5001')).problem).toBeNull();
});

test('of a project with several items those that ended well are fetched although another failed', async () => {
  await using canvas = await openCanvas({ sandbox: { pipelineMs: 600_000 } });
  const { floor, sandbox } = canvas;
  const { projects } = sandbox.place({ orderId: '5001', projects: [{ items: [{ name: 'Front' }, { name: 'Back' }] }] });
  const [project] = projects;
  await canvas.untilOrder('5001', 'is here', ({ items }) => items.length === 2);
  sandbox.complete(project?.id ?? 0, project?.itemIds[0]);
  sandbox.fail(project?.id ?? 0, 'font not found', project?.itemIds[1]);
  const order = await canvas.untilOrder('5001', 'is half ready', ({ items }) => items[0]?.stage === 'printReady');
  expect(order.problem).toContain('Back: font not found');
  expect(order.problem).toContain('1 of 2 items');
  expect(order.items.map(({ files }) => files.length)).toEqual([1, 0]);
  await floor.command(order.jobs[0]?.id ?? 0, 'resume');
  const ready = await canvas.untilReady('5001');
  expect(ready.items.map(({ files }) => files.length)).toEqual([1, 1]);
  atMostOncePerMinute(canvas);
});

test('results are asked for at most once a minute of each project, however often somebody looks', async () => {
  await using canvas = await openCanvas({ sandbox: { pipelineMs: 0 } });
  const { floor, sandbox } = canvas;
  sandbox.callKnobs.set({ match: { call: 'processingResults' }, fault: { kind: 'status', status: 409 } });
  const created = { createdAtMs: floor.clock.nowMs() - 3_600_000 };
  sandbox.place({ orderId: '5001', projects: [created, created] });
  await canvas.untilOrder('5001', 'is here', ({ items }) => items.length === 2);
  for (let second = 0; second < 300; second += 10) {
    await floor.station.handlers.jobs.checkOrder({ order: 'cc:5001' }, caller);
    for (const { id } of await floor.jobs()) await floor.station.handlers.jobs.check({ job: id }, caller);
    await floor.pass(10);
  }
  atMostOncePerMinute(canvas);
  expect(canvas.calls('processingResults').length).toBeGreaterThanOrEqual(8);
  expect(canvas.calls('processingResults').length).toBeLessThanOrEqual(14);
  expect(canvas.calls('project').length).toBeLessThanOrEqual(14);
  expect((await floor.order('cc:5001')).problem).toContain('409');
  sandbox.callKnobs.clear();
  await canvas.untilReady('5001');
});

test('results that are not there yet, of a project made just now, are no problem', async () => {
  await using canvas = await openCanvas({ sandbox: { pipelineMs: 0 } });
  const { sandbox } = canvas;
  sandbox.callKnobs.set({ match: { call: 'processingResults' }, timesEach: 2, fault: { kind: 'status', status: 404 } });
  sandbox.place({ orderId: '5001' });
  const order = await canvas.untilOrder('5001', 'is here', ({ items }) => items.length === 1);
  expect(order.problem).toBeNull();
  await canvas.untilReady('5001');
  atMostOncePerMinute(canvas);
});

test('"tag as done" is off by default: nothing at Customer’s Canvas ever changes', async () => {
  await using canvas = await openCanvas();
  const { floor, sandbox } = canvas;
  sandbox.place({ orderId: '5001' });
  const order = await canvas.untilReady('5001');
  expect(order.jobs[0]?.actions).not.toContain('tagDone');
  await expect(floor.command(order.jobs[0]?.id ?? 0, 'tagDone')).rejects.toThrow('does not take');
  await floor.station.handlers.orders.ship({ order: 'cc:5001', tracking: 'T-1' }, caller);
  await floor.pass(120);
  expect(sandbox.ledger.ofKind('call').filter(({ method, call }) => method === 'POST' && call !== 'token')).toEqual([]);
});

test('"tag as done" makes the chosen transition and no other, and never forces a status', async () => {
  await using canvas = await openCanvas({ settings: { doneTransition: 'Complete' } });
  const { floor, sandbox } = canvas;
  const { projects } = sandbox.place({ orderId: '5001', projects: [{}, { status: 1 }] });
  const order = await canvas.untilReady('5001');
  const posts = () => sandbox.ledger.ofKind('call').filter(({ method, call }) => method === 'POST' && call !== 'token');
  expect(posts()).toEqual([]);
  for (const { id, actions } of order.jobs) {
    expect(actions).toContain('tagDone');
    await floor.command(id, 'tagDone');
  }
  await floor.until('both were tried', async () =>
    (await floor.outbox()).every(({ state }) => state === 'sent' || state === 'problem'),
  );
  expect(posts().map(({ call, transition }) => [call, transition])).toEqual([
    ['changeStatus', 'Complete'],
    ['changeStatus', 'Complete'],
  ]);
  expect(projects.map(({ id }) => sandbox.find(id)?.statusCode)).toEqual([5, 1]);
  // From New no way leads to Completed: the answer says what is possible.
  const refused = (await floor.outbox()).find(({ state }) => state === 'problem');
  expect(refused?.lastError).toContain('Confirm');
  expect((await floor.order('cc:5001')).problem).toBeNull();
});

test('a lost answer to "tag as done" is looked up: a status can start a pipeline', async () => {
  await using canvas = await openCanvas({ settings: { doneTransition: 'Complete' } });
  const { floor, sandbox } = canvas;
  sandbox.place({ orderId: '5001' });
  const order = await canvas.untilReady('5001');
  sandbox.callKnobs.set({ match: { call: 'changeStatus' }, times: 1, fault: { kind: 'answerLost' } });
  await floor.command(order.jobs[0]?.id ?? 0, 'tagDone');
  await floor.until('it is known', async () => (await floor.outbox())[0]?.state === 'sent');
  expect(sandbox.carriedOut('changeStatus')).toHaveLength(1);
  expect(canvas.calls('changeStatus')).toHaveLength(1);
});

test('the transitions are chosen from what the tenant offers, with a warning what a status can start', async () => {
  await using canvas = await openCanvas();
  const { floor } = canvas;
  const { connections } = floor.station.handlers;
  const transitions = await connections.choices({ id: 'cc', field: 'doneTransition' }, caller);
  expect(transitions.choices.map(({ value }) => value)).toContain('Complete');
  expect(transitions.note).toContain('can start a pipeline');
  const storefronts = await connections.choices({ id: 'cc', field: 'storefrontId' }, caller);
  expect(storefronts.choices.map(({ value }) => value)).toEqual(['42', '43']);
});
