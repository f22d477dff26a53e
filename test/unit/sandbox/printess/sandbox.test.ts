import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createPrintessSandbox } from '../../../sandbox/printess/sandbox.ts';
import { startFakeShop } from '../cloudprinter/fake-shop.ts';
import { call, fakeClock } from './call-sandbox.ts';

const producedSchema = z.object({ jobId: z.string(), orderId: z.string() });
const listSchema = z.object({
  orders: z.array(z.object({ jobId: z.string(), isFinished: z.boolean(), size: z.number() })),
  count: z.number(),
});
const statusSchema = z.object({
  isFinalStatus: z.boolean(),
  enqueuedOn: z.string().nullable(),
  processingOn: z.string().nullable(),
  result: z
    .object({
      r: z.record(z.string(), z.string()).nullable(),
      p: z.array(z.object({ d: z.string(), u: z.string(), i: z.number() })).nullable(),
      zip: z.string().nullable(),
    })
    .nullable(),
});

const PRODUCE = { templateName: 'st:ONE', origin: 'Floor', externalOrderId: 'SO-1' };
const json = (text: string): unknown => JSON.parse(text);

describe('a job', () => {
  test('is queued, rendered and done as time goes by, and offers real files without a token', async () => {
    const clock = fakeClock();
    await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs, renderMs: 10_000 });
    sandbox.setDocuments('st:ONE', [
      { name: 'cover', pageCount: 1 },
      { name: 'inside', pageCount: 3 },
    ]);
    const { jobId } = producedSchema.parse(json((await call(sandbox, '/production/produce', PRODUCE)).text));
    const status = async () =>
      statusSchema.parse(json((await call(sandbox, '/production/status/get', { jobId }, sandbox.shopToken)).text));

    expect(await status()).toMatchObject({ isFinalStatus: false, processingOn: null, result: null });
    clock.advance(5000);
    expect((await status()).processingOn).toMatch(/^2026-03-02T09:00:01\.0000000Z$/);
    clock.advance(5000);
    const { result } = await status();
    expect(Object.keys(result?.r ?? {})).toEqual(['cover', 'inside']);

    const response = await fetch(result?.r?.inside ?? '');
    const bytes = await response.bytes();
    expect(response.headers.get('content-length')).toBe(String(bytes.byteLength));
    expect((await PDFDocument.load(bytes, { updateMetadata: false })).getPageCount()).toBe(3);
    expect(new URL(response.url).origin).toBe(sandbox.fileHostUrl);
    expect(sandbox.ledger.ofKind('leak')).toEqual([]);
  });

  test('that is asked for as images gives one for each page', async () => {
    await using sandbox = await createPrintessSandbox({ renderMs: 0 });
    for (const [outputType, magic] of [
      ['png', '89504e47'],
      ['jpg', 'ffd8ffdb'],
    ] as const) {
      const job = sandbox.start({ ...PRODUCE, outputType, documents: [{ name: 'card', pageCount: 2 }] });
      const answer = await call(sandbox, '/production/status/get', { jobId: job.jobId });
      const pages = statusSchema.parse(json(answer.text)).result?.p ?? [];
      expect(pages.map(({ d, i }) => [d, i])).toEqual([
        ['card', 0],
        ['card', 1],
      ]);
      const bytes = await (await fetch(pages[1]?.u ?? '')).bytes();
      expect(Buffer.from(bytes).toString('hex')).toMatch(new RegExp(`^${magic}`));
    }
  });

  test('can fail, be gone, never end, or give one zip or nothing', async () => {
    await using sandbox = await createPrintessSandbox({ renderMs: 0 });
    const job = (kind: 'never' | 'zipOnly' | 'noFiles') => {
      sandbox.jobKnobs.set({ times: 1, fault: { kind } });
      return sandbox.start(PRODUCE).jobId;
    };
    const status = async (jobId: string) =>
      statusSchema.parse(json((await call(sandbox, '/production/status/get', { jobId })).text));

    const gone = sandbox.start(PRODUCE).jobId;
    sandbox.vanish(gone);
    expect(await status(gone)).toMatchObject({ isFinalStatus: false, enqueuedOn: null });
    expect((await status(job('never'))).isFinalStatus).toBe(false);
    expect((await status(job('noFiles'))).result).toMatchObject({ r: null, p: null, zip: null });
    const zip = (await status(job('zipOnly'))).result?.zip ?? '';
    expect(Buffer.from(await (await fetch(zip)).bytes()).toString('latin1', 0, 2)).toBe('PK');
    const failed = sandbox.start(PRODUCE).jobId;
    sandbox.fail(failed, 'no font');
    expect((await call(sandbox, '/production/status/get', { jobId: failed })).text).toContain(
      '"errorDetails":"no font"',
    );
  });
});

test('the list is newest first, filtered, in pages, and counts all that match', async () => {
  const clock = fakeClock();
  await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs, renderMs: 1000 });
  const ids = Array.from({ length: 60 }, (_, number) => {
    clock.advance(1000);
    const origin = number % 2 === 0 ? 'Floor' : 'WC shop';
    return sandbox.start({ templateName: `st:${number}`, origin, externalOrderId: `SO-${number}` }).jobId;
  });
  const list = async (body: unknown) => listSchema.parse(json((await call(sandbox, '/orders/list', body)).text));

  const all = await list({});
  expect([all.count, all.orders.length, all.orders[0]?.jobId]).toEqual([60, 50, ids[59]]);
  const rest = await list({ origin: 'Floor', take: 20, skip: 20 });
  expect([rest.count, rest.orders.length, rest.orders.at(-1)?.jobId]).toEqual([30, 10, ids[0]]);
  expect((await list({ externalOrderId: 'SO-7' })).orders.map(({ jobId }) => jobId)).toEqual([ids[7]]);
  expect((await list({ templateName: 'st:5', templateNameOperator: 'Equals' })).count).toBe(1);
  expect((await list({ templateName: 'st:5', templateNameOperator: 'StartsWith' })).count).toBe(11);
  expect((await list({ isFinished: false })).count).toBe(1);
  const minute = { startDate: '2026-03-02T09:00:10Z', endDate: '2026-03-02T09:00:12Z' };
  expect((await list(minute)).count).toBe(3);
});

test('ten thousand jobs are listed in pages of five hundred without a file being made', async () => {
  await using sandbox = await createPrintessSandbox({ renderMs: 0 });
  for (let number = 0; number < 10_000; number += 1) sandbox.start({ ...PRODUCE, externalOrderId: `SO-${number}` });

  const page = listSchema.parse(json((await call(sandbox, '/orders/list', { take: 9999, skip: 9000 })).text));

  expect([page.count, page.orders.length]).toEqual([10_000, 500]);
  expect(page.orders[0]?.size).toBeGreaterThan(20_000);
});

test('tokens are told apart: the shop token reads a status, and nothing else', async () => {
  await using sandbox = await createPrintessSandbox();
  const statuses = async (token: string | null) => [
    (await call(sandbox, '/orders/list', {}, token)).status,
    (await call(sandbox, '/production/status/get', { jobId: 'x' }, token)).status,
  ];
  expect(await statuses(sandbox.serviceToken)).toEqual([200, 200]);
  expect(await statuses(sandbox.shopToken)).toEqual([401, 200]);
  expect(await statuses('other')).toEqual([401, 401]);
  expect(await statuses(null)).toEqual([401, 401]);
  sandbox.behaviour.listRefused = 403;
  expect(await statuses(sandbox.serviceToken)).toEqual([403, 200]);
  expect(sandbox.ledger.ofKind('call').map(({ token }) => token)).toContain('wrong');
});

test('a retry makes a new job, in the same order or a new one', async () => {
  await using sandbox = await createPrintessSandbox({ renderMs: 0 });
  const old = sandbox.start(PRODUCE);
  const retry = async () =>
    producedSchema.parse(json((await call(sandbox, '/order/retry', { orderId: old.orderId })).text));

  const anew = await retry();
  expect([anew.orderId === old.orderId, sandbox.job(anew.jobId)?.externalOrderId]).toEqual([false, 'SO-1']);
  sandbox.behaviour.retryKeepsOrder = true;
  expect((await retry()).orderId).toBe(old.orderId);
  expect(listSchema.parse(json((await call(sandbox, '/orders/list', {})).text)).count).toBe(2);
  expect((await call(sandbox, '/order/retry', { orderId: 'none' })).status).toBe(406);
});

describe('faults of a call', () => {
  test('not accepted, throttled, a page, another body, a redirect: none but the other body makes a job', async () => {
    await using sandbox = await createPrintessSandbox();
    const produce = async (fault: Parameters<typeof sandbox.callKnobs.set>[0]['fault']) => {
      sandbox.callKnobs.set({ times: 1, match: { endpoint: '/production/produce' }, fault });
      return call(sandbox, '/production/produce', PRODUCE);
    };
    expect(await produce({ kind: 'notAccepted', status: 402, c: 17, m: 'no funds' })).toMatchObject({
      status: 402,
      text: '{"c":17,"m":"no funds"}',
    });
    const throttled = await produce({ kind: 'status', status: 429, retryAfterSeconds: 9 });
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '9']);
    expect((await produce({ kind: 'page' })).headers.get('content-type')).toContain('text/html');
    const moved = await produce({ kind: 'redirect', location: `${sandbox.otherHostUrl}/` });
    expect([moved.status, moved.headers.get('location')]).toEqual([307, `${sandbox.otherHostUrl}/`]);
    expect(sandbox.jobs()).toHaveLength(0);
    expect((await produce({ kind: 'otherBody', body: '{}' })).text).toBe('{}');
    expect(sandbox.jobs()).toHaveLength(1);
  });

  test('a lost answer leaves a job behind, a reset does not', async () => {
    await using sandbox = await createPrintessSandbox();
    sandbox.callKnobs.set({ times: 1, fault: { kind: 'answerLost' } });
    await expect(call(sandbox, '/production/produce', PRODUCE)).rejects.toThrow();
    sandbox.callKnobs.set({ times: 1, fault: { kind: 'reset' } });
    await expect(call(sandbox, '/production/produce', PRODUCE)).rejects.toThrow();

    expect(sandbox.jobs()).toHaveLength(1);
    expect(sandbox.ledger.ofKind('call')).toMatchObject([
      { handled: true, job: sandbox.jobs()[0]?.jobId, answer: { kind: 'lost' } },
      { handled: false, job: '', answer: { kind: 'reset' } },
    ]);
  });
});

describe('files', () => {
  test('expire after thirty days, can be hollow, and note each token they are shown', async () => {
    const clock = fakeClock();
    await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs, renderMs: 0 });
    const path = `/output/${sandbox.start(PRODUCE).jobId}_1.pdf`;
    const fine = await (await fetch(sandbox.fileHostUrl + path)).bytes();
    sandbox.fileKnobs.set({ times: 1, fault: { kind: 'hollow' } });
    const hollow = await (await fetch(sandbox.fileHostUrl + path)).bytes();
    expect(hollow.byteLength).toBe(fine.byteLength);
    expect([fine, hollow].map((bytes) => Buffer.from(bytes).includes('%%EOF'))).toEqual([true, false]);

    await fetch(sandbox.otherHostUrl + path, { headers: { authorization: 'Bearer x' } });
    expect(sandbox.ledger.ofKind('leak')).toMatchObject([{ path }]);

    clock.advance(31 * 24 * 3600_000);
    expect((await fetch(sandbox.fileHostUrl + path)).status).toBe(403);
  });
});

describe('callbacks', () => {
  test('go out when the job is final, and again after five minutes until they are answered with 2xx', async () => {
    const clock = fakeClock();
    await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs, renderMs: 1000 });
    await using shop = await startFakeShop([503, 204]);
    const job = sandbox.start({ ...PRODUCE, callbackUrl: shop.url, meta: 'm-1' });

    await sandbox.tick();
    expect(shop.requests).toHaveLength(0);
    clock.advance(1000);
    await sandbox.tick();
    clock.advance(299_000);
    await sandbox.tick();
    expect(shop.requests).toHaveLength(1);
    clock.advance(1000);
    await sandbox.tick();
    clock.advance(24 * 3600_000);
    await sandbox.tick();

    expect(shop.requests).toHaveLength(2);
    const body = { jobId: job.jobId, meta: 'm-1', isFailure: false, failureDetails: null, result: { meta: null } };
    expect(json(shop.requests[0]?.body ?? '')).toMatchObject(body);
  });

  test('go out by themselves while the sandbox lives by the real clock', async () => {
    await using sandbox = await createPrintessSandbox({ renderMs: 0, behaviour: { metaPlace: 'result' } });
    await using shop = await startFakeShop();
    sandbox.start({ ...PRODUCE, callbackUrl: shop.url, meta: 'm-1' });
    await sandbox.ledger.waitFor('callback');
    expect(json(shop.requests[0]?.body ?? '')).toMatchObject({ result: { meta: 'm-1' } });
    expect(json(shop.requests[0]?.body ?? '')).not.toHaveProperty('meta');
  });

  test('can be lost, or sent by hand to anywhere', async () => {
    await using sandbox = await createPrintessSandbox({ renderMs: 0, nowMs: fakeClock().nowMs });
    await using shop = await startFakeShop();
    sandbox.behaviour.callbacks = 'lose';
    const { jobId } = sandbox.start({ ...PRODUCE, callbackUrl: shop.url });
    await sandbox.tick();
    expect(sandbox.ledger.ofKind('callback')).toMatchObject([{ answer: { kind: 'lost' } }]);
    expect(shop.requests).toHaveLength(0);
    await sandbox.sendCallback(jobId, { to: `${shop.url}/elsewhere` });
    expect(shop.requests).toHaveLength(1);
  });
});

test('the busiest window is found in sandbox time', async () => {
  const clock = fakeClock();
  await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs });
  for (const waitMs of [0, 400, 400, 5000, 1000]) {
    clock.advance(waitMs);
    await call(sandbox, '/orders/list', {});
  }
  expect(sandbox.mostRequestsIn(1000)).toBe(3);
  expect(sandbox.mostRequestsIn(800)).toBe(2);
  expect(sandbox.mostRequestsIn(1000, '/order/retry')).toBe(0);
});
