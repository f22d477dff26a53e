import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { bytesContent } from '../../../main/training/files/file-content.ts';
import { openCanvas } from './canvas-floor.ts';

const caller = { by: 'AB' };
const print = { kind: 'print' } as const;
type Canvas = Awaited<ReturnType<typeof openCanvas>>;

const leaks = ({ sandbox }: Canvas) => sandbox.ledger.ofKind('leak');
const downloads = ({ sandbox }: Canvas) => sandbox.ledger.ofKind('file').filter(({ method }) => method === 'GET');

test('anonymous files come from their own address without the token, all others through the gateway with it', async () => {
  await using canvas = await openCanvas();
  const { sandbox } = canvas;
  const files = [print, { ...print, name: 'open', anonymousAccess: true }];
  sandbox.place({ orderId: '5001', projects: [{ items: [{ files }] }] });
  const order = await canvas.untilReady('5001');
  expect(order.items[0]?.files.map(({ verification }) => verification)).toEqual(['size', 'size']);
  expect(canvas.calls('artifactFile').map(({ token, query }) => [token, query.attachment])).toEqual([
    ['valid', 'true'],
  ]);
  expect(downloads(canvas)).toHaveLength(2);
  expect(leaks(canvas)).toEqual([]);
});

test('the token goes to the gateway only, and not across a redirect', async () => {
  await using canvas = await openCanvas();
  const { sandbox } = canvas;
  sandbox.fileKnobs.set({ times: 1, fault: { kind: 'redirect', location: sandbox.foreignLocation } });
  sandbox.place({ orderId: '5001' });
  await canvas.untilReady('5001');
  expect(canvas.calls('artifactFile')[0]?.token).toBe('valid');
  expect(leaks(canvas)).toEqual([]);
  // The control: there a token would be seen.
  const [file] = downloads(canvas);
  await fetch(`${sandbox.fileUrl}${file?.path}`, { headers: { authorization: 'Bearer anything' } });
  expect(leaks(canvas)).toHaveLength(1);
});

test('an address that an order document names never gets the token', async () => {
  await using canvas = await openCanvas();
  const { floor, sandbox } = canvas;
  const files = [
    { ...print, name: 'elsewhere', url: 'internal' as const },
    { ...print, name: 'nowhere', url: null },
  ];
  sandbox.place({ orderId: '5001', projects: [{ items: [{ files }] }] });
  const order = await canvas.untilReady('5001');
  expect(order.items[0]?.files).toHaveLength(2);
  const { channels } = await floor.connection('cc');
  const hosts = channels.flatMap(({ name }) => (name.startsWith('downloads ') ? [name] : []));
  expect(hosts).toEqual([`downloads ${new URL(sandbox.apiUrl).host}`]);
  expect(leaks(canvas)).toEqual([]);
});

test('a token that is withdrawn while files are fetched is replaced, and the files still come', async () => {
  await using canvas = await openCanvas();
  const { sandbox } = canvas;
  sandbox.place({ orderId: '5001', projects: [{}, {}, {}] });
  await canvas.untilOrder('5001', 'is here', ({ items }) => items.length === 3);
  sandbox.callKnobs.set({ match: { call: 'artifactFile' }, times: 1, fault: { kind: 'status', status: 401 } });
  sandbox.oauth.revokeAll();
  await canvas.untilReady('5001');
  expect(sandbox.oauth.tokensGiven).toBeLessThanOrEqual(3);
});

test('sizes that the results leave out come from the artifacts; without any the length of the answer is all there is', async () => {
  await using canvas = await openCanvas();
  const { sandbox } = canvas;
  const missing = { ...print, sizeInResults: null };
  sandbox.place({ orderId: '5001', projects: [{ items: [{ files: [missing, { ...missing, name: 'two' }] }] }] });
  sandbox.place({ orderId: '5002', projects: [{ items: [{ files: [{ ...missing, sizeInArtifact: null }] }] }] });
  const sized = await canvas.untilReady('5001');
  expect(sized.items[0]?.files.map(({ verification }) => verification)).toEqual(['size', 'size']);
  expect(sized.jobs[0]?.warnings).toEqual([]);
  const unsized = await canvas.untilReady('5002');
  expect(unsized.items[0]?.files[0]).toMatchObject({ expectedBytes: null, verification: 'length+structure' });
  expect(unsized.jobs[0]?.warnings).toEqual(['sizeUnknown']);
});

test('a file of another size than announced is fetched again, and never becomes ready', async () => {
  await using canvas = await openCanvas();
  const { floor, sandbox } = canvas;
  sandbox.place({ orderId: '5001', projects: [{ items: [{ files: [{ ...print, sizeInResults: 17 }] }] }] });
  const order = await canvas.untilOrder('5001', 'is a problem', ({ problem }) => problem?.includes('17') === true);
  expect(order.items[0]?.files[0]).toMatchObject({ state: 'problem', path: null, problemCode: 'mismatch' });
  await floor.pass(60);
  expect((await floor.order('cc:5001')).stage).not.toBe('printReady');
});

test('Completed with no file is a problem, and so is one with previews alone', async () => {
  await using canvas = await openCanvas();
  const { sandbox } = canvas;
  sandbox.place({ orderId: '5001', projects: [{ items: [{ files: [] }] }] });
  sandbox.place({ orderId: '5002', projects: [{ items: [{ files: [{ kind: 'preview' }] }] }] });
  for (const id of ['5001', '5002']) {
    const order = await canvas.untilOrder(id, 'is a problem', ({ problem }) => problem !== null);
    expect(order.jobs[0]).toMatchObject({ state: 'done', problemCode: 'noFiles' });
    expect(order.problem).toContain('finalize');
    expect(order.stage).not.toBe('printReady');
  }
});

test('two files of one name, without an extension, lie side by side under names of their own', async () => {
  await using canvas = await openCanvas();
  const { floor, sandbox } = canvas;
  const file = { ...print, name: '../1004_4567', format: 'application/pdf' };
  sandbox.place({ orderId: '5001', projects: [{ items: [{ files: [file, file] }] }] });
  const order = await canvas.untilReady('5001');
  const paths = order.items[0]?.files.map(({ path }) => path ?? '') ?? [];
  expect(new Set(paths).size).toBe(2);
  expect(
    paths.every((path) => path.startsWith(`${floor.folder}/data/files/cc/`) && basename(path).endsWith('.pdf')),
  ).toBe(true);
});

test('previews are left out unless a setting wants them, and data files come along', async () => {
  const job = {
    ...print,
    name: 'job',
    format: 'application/json',
    content: bytesContent(Buffer.from('{"copies":250}')),
  };
  const files = [print, { kind: 'preview' as const }, job];
  for (const [includePreviews, roles] of [
    [false, ['product', 'data']],
    [true, ['product', 'preview', 'data']],
  ] as const) {
    await using canvas = await openCanvas({ settings: { includePreviews } });
    canvas.sandbox.place({ orderId: '5001', projects: [{ items: [{ files }] }] });
    const order = await canvas.untilReady('5001');
    expect(order.items[0]?.files.map(({ role }) => role).toSorted()).toEqual([...roles].toSorted());
  }
});

test('files that were removed there while the station was off say so', async () => {
  await using canvas = await openCanvas();
  const { sandbox } = canvas;
  const { projects } = sandbox.place({ orderId: '5001' });
  sandbox.expireFiles(projects[0]?.id ?? 0);
  const order = await canvas.untilOrder('5001', 'is a problem', ({ problem }) => problem !== null);
  expect(order.items[0]?.files[0]).toMatchObject({ problemCode: 'expired' });
});

test('an item that is shipped tags its project as done by the chosen transition, once', async () => {
  await using canvas = await openCanvas({ settings: { doneTransition: 'Complete' } });
  const { floor, sandbox } = canvas;
  const { projects } = sandbox.place({ orderId: '5001', projects: [{ items: [{}, {}] }, {}] });
  const order = await canvas.untilReady('5001');
  const statuses = () => projects.map(({ id }) => sandbox.find(id)?.statusCode);
  const ship = (item: number) =>
    floor.station.handlers.items.signal({ item, signal: { kind: 'shipped', tracking: 'T-1' } }, caller);
  const [first, second, third] = order.items.map(({ id }) => id);
  await ship(first ?? 0);
  await floor.pass(60);
  // One of its items is still here.
  expect(statuses()).toEqual([4, 4]);
  await ship(second ?? 0);
  await floor.pass(60);
  expect(statuses()).toEqual([5, 4]);
  await ship(third ?? 0);
  await floor.pass(60);
  expect(statuses()).toEqual([5, 5]);
  expect(canvas.calls('changeStatus').map(({ transition }) => transition)).toEqual(['Complete', 'Complete']);
  expect((await floor.order('cc:5001')).stage).toBe('shipped');
});
