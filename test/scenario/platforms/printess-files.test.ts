import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { orderFacts } from '../../support/platform-floor.ts';
import { openPrintess } from './printess-floor.ts';

const caller = { by: 'AB' };
const shop = 'WC https://shop.example';
const dayMs = 86_400_000;

type Printess = Awaited<ReturnType<typeof openPrintess>>;

const untilFileProblem = ({ floor }: Printess, reference: string) =>
  floor.until('the file is a problem', async () => {
    const order = (await floor.orders()).find(({ externalId }) => externalId === reference);
    const file = order?.items[0]?.files[0];
    return order !== undefined && file?.state === 'problem' && { order, file };
  });

const downloads = ({ sandbox }: Printess) => sandbox.ledger.ofKind('file').filter(({ method }) => method === 'GET');

test('documents and pages become files named by document and page', async () => {
  await using printess = await openPrintess();
  const { sandbox } = printess;
  sandbox.setDocuments('st:CARD', [
    { name: 'front/back', pageCount: 2 },
    { name: '../../etc', pageCount: 1 },
  ]);
  await printess.postOrder({ order: 'SO-1', line: '1', saveToken: 'st:CARD', outputType: 'png' });
  const { items } = await printess.untilReady('SO-1');
  expect(items[0]?.files.map(({ role, format }) => [role, format])).toEqual([
    ['front/back 1', 'png'],
    ['../../etc', 'png'],
    ['front/back 2', 'png'],
  ]);
  for (const { path } of items[0]?.files ?? []) {
    expect(dirname(resolve(path ?? ''))).toBe(join(printess.floor.folder, 'data/files/px/SO-1'));
  }
  expect(items[0]?.files.every(({ verification }) => verification === 'length+structure')).toBe(true);
});

test('a zip is fetched where there is nothing else', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.jobKnobs.set({ match: { template: 'st:ZIP' }, fault: { kind: 'zipOnly' } });
  for (const template of ['st:ZIP', 'st:CARD']) await floor.produce('px', [{ template, order: template }]);
  expect((await printess.untilReady('st:ZIP')).items[0]?.files.map(({ format }) => format)).toEqual(['zip']);
  expect((await printess.untilReady('st:CARD')).items[0]?.files.map(({ format }) => format)).toEqual(['pdf']);
});

test('a character that its font does not have is a visible warning, and no problem', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.jobKnobs.set({ match: { template: 'st:GLYPH' }, fault: { kind: 'invalidGlyph' } });
  for (const template of ['st:GLYPH', 'st:CARD']) await floor.produce('px', [{ template, order: template }]);
  const glyph = await printess.untilReady('st:GLYPH');
  expect(glyph).toMatchObject({ problem: null, jobs: [{ warnings: ['invalidGlyph'] }] });
  expect(await printess.untilReady('st:CARD')).toMatchObject({ jobs: [{ warnings: [] }] });
});

test('a job that is done and names no file is a problem', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.jobKnobs.set({ match: { template: 'st:EMPTY' }, fault: { kind: 'noFiles' } });
  await floor.produce('px', [{ template: 'st:EMPTY', order: 'SO-1' }]);
  const order = await floor.until('it is a problem', async () => {
    const found = await floor.order('px:SO-1');
    return found.problem !== null && found;
  });
  expect(order.jobs[0]).toMatchObject({ state: 'done', problemCode: 'noFiles' });
  const asked = printess.calls('/production/status/get').length;
  await floor.pass(900);
  // Once more, because the list spoke of it after the callback had.
  expect(printess.calls('/production/status/get').length).toBeLessThanOrEqual(asked + 1);
});

test('a PDF that is hollow is fetched again, and is a problem when it stays so', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.fileKnobs.set({ times: 2, fault: { kind: 'hollow' } });
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await printess.untilReady('SO-1');
  expect(downloads(printess)).toHaveLength(3);

  const knob = sandbox.fileKnobs.set({ fault: { kind: 'hollow' } });
  await floor.produce('px', [{ template: 'st:FLYER', order: 'SO-2' }]);
  const { order, file } = await untilFileProblem(printess, 'SO-2');
  expect(file).toMatchObject({ problemCode: 'mismatch', path: null, verification: null });
  expect(order.problemCount).toBe(1);
  knob.remove();
  await floor.station.handlers.files.retry({ file: file.id }, caller);
  await printess.untilReady('SO-2');
});

test('a file that has expired says so and is rendered again: new files, the old job replaced, no second item', async () => {
  await using printess = await openPrintess({ sandbox: { renderMs: 0 } });
  const { floor, sandbox } = printess;
  for (const expiredStatus of [403, 404] as const) {
    const reference = String(expiredStatus);
    sandbox.behaviour.expiredStatus = expiredStatus;
    const old = sandbox.start({ origin: shop, externalOrderId: reference, templateName: 'st:CARD', copies: 250 });
    sandbox.expireFiles(old.jobId);
    const { order, file } = await untilFileProblem(printess, reference);
    expect(file.problemCode).toBe('expired');
    expect(file.problem).toContain('rendered again');
    const [job] = order.jobs;
    expect(job?.actions).toContain('renderAgain');

    await floor.command(job?.id ?? 0, 'renderAgain');
    const again = await printess.untilReady(reference);
    expect(again.items).toHaveLength(1);
    expect(again.items[0]).toMatchObject({ copies: 250, problem: null });
    expect(again.problem).toBeNull();
    const [newJob, oldJob] = again.jobs;
    expect(newJob).toMatchObject({ externalId: sandbox.jobs().at(-1)?.jobId, state: 'done', replacedBy: null });
    expect(oldJob).toMatchObject({ externalId: old.jobId, replacedBy: newJob?.id, actions: [] });
    expect(again.items[0]).toMatchObject({ jobId: newJob?.id });
    // Long afterwards, when both are listed for the last time, it is the same.
    await floor.pass(300);
    expect(orderFacts([await floor.order(`px:${reference}`)])).toEqual(orderFacts([again]));
  }
  expect(sandbox.jobs()).toHaveLength(4);
});

test('a lost answer to "render again" never leads to two new jobs', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  for (const retryKeepsOrder of [true, false]) {
    const order = `SO-${retryKeepsOrder}`;
    sandbox.behaviour.retryKeepsOrder = retryKeepsOrder;
    sandbox.jobKnobs.set({ match: { order }, times: 1, fault: { kind: 'fail', message: 'Font missing' } });
    await floor.produce('px', [{ template: 'st:CARD', order }]);
    const failed = await floor.until('it has failed', async () => {
      const [job] = (await floor.order(`px:${order}`)).jobs;
      return job?.state === 'failed' && job.actions.includes('renderAgain') && job;
    });
    sandbox.callKnobs.set({ match: { endpoint: '/order/retry' }, times: 1, fault: { kind: 'answerLost' } });
    await floor.command(failed.id, 'renderAgain');
    await expect(floor.command(failed.id, 'renderAgain')).rejects.toThrow(/still/);
    await printess.untilReady(order);
    await floor.until('it is known', async () => (await floor.outbox()).every(({ state }) => state === 'sent'));
    await floor.pass(300);
    const ready = await floor.order(`px:${order}`);
    expect(ready.items).toHaveLength(1);
    expect(ready.problem).toBeNull();
    expect(ready.jobs.map(({ replacedBy }) => replacedBy)).toEqual([null, ready.jobs[0]?.id]);
  }
  expect(sandbox.jobs()).toHaveLength(4);
  expect(printess.calls('/order/retry')).toHaveLength(2);
});

test('a verified file stays when its order is rendered again, and the new one lies beside it', async () => {
  await using printess = await openPrintess();
  const { floor, clock, sandbox } = printess;
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  const first = await printess.untilReady('SO-1');
  // Rendered again at Printess itself, a day later.
  await clock.advance(dayMs);
  const [old] = sandbox.jobs();
  sandbox.start({
    origin: 'Floor, site A',
    externalOrderId: 'SO-1',
    templateName: 'st:CARD',
    metaData: old?.metaData ?? '',
  });
  const again = await floor.until('the new file is here', async () => {
    const found = await floor.order('px:SO-1');
    const isDone = found.jobs[0]?.state === 'done' && found.jobs[0].id !== first.jobs[0]?.id;
    return isDone && found.stage === 'printReady' && found;
  });
  expect(again.items[0]?.files).toHaveLength(1);
  expect(again.items[0]?.files[0]?.path).not.toBe(first.items[0]?.files[0]?.path);
});

test('files are fetched without the token, and across a redirect too', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.fileKnobs.set({ fault: { kind: 'redirect', location: `${sandbox.otherHostUrl}{path}` }, times: 1 });
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await printess.untilReady('SO-1');
  expect(downloads(printess)).toHaveLength(2);
  expect(sandbox.ledger.ofKind('leak')).toEqual([]);
  // The control: a token would be seen there.
  const [file] = downloads(printess);
  await fetch(`${sandbox.otherHostUrl}${file?.path}`, { headers: { authorization: `Bearer ${sandbox.serviceToken}` } });
  expect(sandbox.ledger.ofKind('leak')).toHaveLength(1);
});
