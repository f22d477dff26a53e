import { expect, test } from 'vitest';
import { createCloudprinterSandbox } from '../../../sandbox/cloudprinter/sandbox.ts';
import { startFakeShop } from './fake-shop.ts';

const post = (url: string, body: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(body) });

test('an order is posted at once: a made-up one with the next number, or one of the demo', async () => {
  await using shop = await startFakeShop();
  await using sandbox = await createCloudprinterSandbox({ deliverTo: shop.url, firstAdminNumber: 7 });
  const admin = `${sandbox.url}/admin/orders`;

  await post(admin, {});
  await post(admin, { demo: 'badMd5Once' });
  expect((await post(admin, { demo: 'nonsense' })).status).toBe(400);

  expect(sandbox.ledger.ofKind('delivery').map((entry) => entry.order)).toEqual(['900000070000', '900000050000']);
  expect(sandbox.fileKnobs.list()).toHaveLength(1);
});

test('without anywhere to post to it says so', async () => {
  await using sandbox = await createCloudprinterSandbox();
  const response = await post(`${sandbox.url}/admin/orders`, {});
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('give \\"to\\"')]);
});

test('faults are set, listed and cleared', async () => {
  await using sandbox = await createCloudprinterSandbox();
  const admin = `${sandbox.url}/admin/knobs`;
  const signals = { on: 'signals', match: { type: 'ItemShipped' }, times: 1, fault: { kind: 'status', status: 429 } };

  expect((await post(admin, signals)).status).toBe(200);
  expect((await post(admin, { on: 'files', fault: { kind: 'slow', bytesPerSecond: 10 } })).status).toBe(200);
  expect((await post(admin, { on: 'signals', fault: { kind: 'slow', bytesPerSecond: 10 } })).status).toBe(400);
  expect((await post(admin, { on: 'files', match: { colour: 'red' }, fault: { kind: 'badMd5' } })).status).toBe(400);

  const listed = await fetch(admin).then((response) => response.json());
  expect(listed).toMatchObject({ files: [{ knob: { fault: { kind: 'slow' } } }], signals: [{ strikes: 0 }] });
  await fetch(admin, { method: 'DELETE' });
  expect([...sandbox.fileKnobs.list(), ...sandbox.signalKnobs.list()]).toEqual([]);
});

test('the ledger is read from where one stopped, of one kind', async () => {
  await using sandbox = await createCloudprinterSandbox();
  for (const path of ['/a', '/b', '/c']) await fetch(sandbox.url + path);
  const ledger = (query: string) => fetch(`${sandbox.url}/admin/ledger${query}`).then((response) => response.json());

  expect(await ledger('')).toHaveLength(3);
  expect(await ledger('?after=2&kind=file')).toMatchObject([{ path: '/c', sequence: 3 }]);
  expect(await ledger('?kind=signal')).toEqual([]);
});

test('it goes offline for a while and comes back by itself', async () => {
  await using sandbox = await createCloudprinterSandbox();
  const response = await post(`${sandbox.url}/admin/offline`, { seconds: 1 });
  expect(await response.json()).toEqual({ seconds: 1 });
  await expect.poll(() => sandbox.online, { interval: 10 }).toBe(false);
  await expect(fetch(sandbox.url)).rejects.toThrow();
  await expect.poll(() => sandbox.online, { timeout: 10_000 }).toBe(true);
  expect((await fetch(sandbox.url)).status).toBe(404);
});
