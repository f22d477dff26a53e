import { expect, test } from 'vitest';
import { createPrintessSandbox } from '../../sandbox/printess/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { orderFacts, PlatformFloor } from '../../support/platform-floor.ts';
import { toPrintess } from '../../support/sandbox-connections.ts';
import { openPrintess } from './printess-floor.ts';

/** Nothing but callbacks may tell that a job is done: the list is rarely asked, and so are single jobs. */
const byCallback = { settings: { pollSeconds: 3_600 }, sandbox: { behaviour: { callbacks: 'manual' } } } as const;

/** An order that is produced and rendered; nobody has told the station that it is. */
const openRendered = async () => {
  const printess = await openPrintess(byCallback);
  const { floor, sandbox } = printess;
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await floor.until('it is made', async () => (await floor.outbox())[0]?.state === 'sent');
  const [job] = sandbox.jobs();
  if (job?.callbackUrl == null) throw new Error('no job with a callback was made');
  sandbox.finish(job.jobId);
  return { ...printess, job, callbackUrl: job.callbackUrl };
};

test('a callback brings the files at once, whichever spelling it has', async () => {
  await using printess = await openPrintess(byCallback);
  const { floor, sandbox } = printess;
  for (const metaPlace of ['top', 'result', 'both'] as const) {
    sandbox.behaviour.metaPlace = metaPlace;
    sandbox.behaviour.callbackSpelling = metaPlace === 'both' ? 'success' : 'failure';
    await floor.produce('px', [{ template: 'st:CARD', order: metaPlace }]);
    await floor.until('it is made', async () => (await floor.outbox()).every(({ state }) => state === 'sent'));
    const job = sandbox.jobs().at(-1);
    sandbox.finish(job?.jobId ?? '');
    const before = floor.clock.nowMs();
    expect(await sandbox.sendCallback(job?.jobId ?? '')).toMatchObject({ answer: { status: 200 } });
    await printess.untilReady(metaPlace);
    expect(floor.clock.nowMs() - before).toBeLessThan(10_000);
    expect(await floor.job(job?.jobId ?? '')).toMatchObject({ state: 'done', final: true, problem: null });
  }
  expect(printess.calls('/production/status/get')).toEqual([]);
});

test('a callback that tells of a failure shows what Printess says of it', async () => {
  await using printess = await openRendered();
  const { floor, sandbox, job } = printess;
  sandbox.fail(job.jobId, 'Font "Example Sans" is missing');
  await sandbox.sendCallback(job.jobId);
  expect(await floor.job(job.jobId)).toMatchObject({
    state: 'failed',
    problemCode: 'renderFailed',
    problem: expect.stringContaining('Font "Example Sans" is missing'),
    actions: expect.arrayContaining(['renderAgain']),
  });
  expect((await floor.order('px:SO-1')).problem).toContain('Example Sans');
});

test('a callback with a wrong nonce changes nothing and is answered 404, the right one works', async () => {
  await using printess = await openRendered();
  const { floor, sandbox, job, callbackUrl } = printess;
  const before = orderFacts([await floor.order('px:SO-1')]);
  const wrong = [
    callbackUrl.slice(0, -1),
    `${callbackUrl}a`,
    callbackUrl.replace(/[^/]+$/, 'A'.repeat(32)),
    callbackUrl.replace(/[^/]+$/, ''),
    callbackUrl.replace('/in/px/', '/in/py/'),
    callbackUrl.replace(/[^/]+$/, encodeURIComponent(job.jobId)),
  ];
  for (const to of wrong) {
    expect(await sandbox.sendCallback(job.jobId, { to }), to).toMatchObject({ answer: { status: 404 } });
  }
  await floor.pass(30);
  expect(orderFacts([await floor.order('px:SO-1')])).toEqual(before);
  expect(await sandbox.sendCallback(job.jobId)).toMatchObject({ answer: { status: 200 } });
  await printess.untilReady('SO-1');
});

test('a callback to the address of another job, or for a job that it names wrongly, changes nothing', async () => {
  await using printess = await openRendered();
  const { floor, sandbox, job, callbackUrl } = printess;
  await floor.produce('px', [{ template: 'st:FLYER', order: 'SO-2' }]);
  await floor.until('both are made', async () => sandbox.jobs().length === 2);
  await floor.settle();
  const other = sandbox.jobs()[1];
  if (other === undefined) throw new Error('no second job');
  sandbox.finish(other.jobId);
  const before = orderFacts(await floor.orders());
  expect(await sandbox.sendCallback(other.jobId, { to: callbackUrl })).toMatchObject({ answer: { status: 404 } });
  const invented = JSON.stringify({ jobId: 'invented', isFailure: true, failureDetails: 'nothing of it is true' });
  const json = { 'content-type': 'application/json' };
  expect((await floor.post(new URL(callbackUrl).pathname, invented, json)).status).toBe(404);
  expect((await floor.post(new URL(callbackUrl).pathname, 'no JSON', json)).status).toBe(400);
  await floor.pass(30);
  expect(orderFacts(await floor.orders())).toEqual(before);
  await sandbox.sendCallback(job.jobId);
  await sandbox.sendCallback(other.jobId);
  await printess.untilReady('SO-1');
  await printess.untilReady('SO-2');
});

test("a callback for another connection's job changes nothing and is answered 404", async () => {
  const clock = createFakeClock();
  const nowMs = (): number => clock.nowMs();
  await using live = await createPrintessSandbox({ nowMs, behaviour: { callbacks: 'manual' } });
  await using trial = await createPrintessSandbox({ nowMs, behaviour: { callbacks: 'manual' } });
  const rarely = { pollSeconds: 3_600 };
  const connections = [toPrintess(live, 'live', rarely), toPrintess(trial, 'trial', rarely)];
  const floor = await PlatformFloor.open({ clock, connections });
  // The same seed: jobs have the same ids at both, and so have the orders.
  for (const id of ['live', 'trial']) await floor.produce(id, [{ template: 'st:CARD', order: 'SO-1' }]);
  await floor.until('both are made', async () => (await floor.outbox()).every(({ state }) => state === 'sent'));
  const [ofLive] = live.jobs();
  const [ofTrial] = trial.jobs();
  if (ofLive?.callbackUrl == null || ofTrial?.callbackUrl == null) throw new Error('no jobs');
  expect(ofTrial.jobId).toBe(ofLive.jobId);
  live.finish(ofLive.jobId);
  trial.fail(ofTrial.jobId, 'only a trial');
  const before = orderFacts(await floor.orders());

  const nonce = new URL(ofTrial.callbackUrl).pathname.split('/').at(-1) ?? '';
  const elsewhere = ofLive.callbackUrl.replace(/[^/]+$/, nonce);
  expect(await live.sendCallback(ofLive.jobId, { to: elsewhere })).toMatchObject({ answer: { status: 404 } });
  expect(await trial.sendCallback(ofTrial.jobId, { to: elsewhere })).toMatchObject({ answer: { status: 404 } });
  expect(orderFacts(await floor.orders())).toEqual(before);

  expect(await trial.sendCallback(ofTrial.jobId)).toMatchObject({ answer: { status: 200 } });
  expect((await floor.order('trial:SO-1')).problemCount).toBe(1);
  expect((await floor.order('live:SO-1')).problemCount).toBe(0);
  await floor.stop();
});

test('a job of which the callback told first and the list later is applied once, and so is a callback that comes twice', async () => {
  await using printess = await openRendered();
  const { floor, sandbox, job } = printess;
  await sandbox.sendCallback(job.jobId);
  await sandbox.sendCallback(job.jobId);
  const order = await printess.untilReady('SO-1');
  await floor.station.handlers.connections.reconcile({ id: 'px' }, { by: 'AB' });
  await floor.pass(300);
  const after = await floor.order('px:SO-1');
  expect(orderFacts([after])).toEqual(orderFacts([order]));
  expect(after.jobs).toHaveLength(1);
  const fetched = sandbox.ledger.ofKind('file').filter(({ method }) => method === 'GET');
  expect(fetched).toHaveLength(1);
  const told = (await floor.history('px:SO-1')).filter(({ code }) => code === 'job.done');
  expect(told).toHaveLength(1);
});

test('where no public address is known no callback is asked for, and the list tells of the job', async () => {
  await using printess = await openPrintess({ config: { intake: { enabled: false } } });
  const { floor } = printess;
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await printess.untilReady('SO-1');
  expect(printess.calls('/production/produce')[0]?.body).not.toHaveProperty('callbackUrl');
});
