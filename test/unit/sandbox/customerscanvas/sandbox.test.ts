import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  type CustomersCanvasSandbox,
  type CustomersCanvasSandboxOptions,
  createCustomersCanvasSandbox,
} from '../../../sandbox/customerscanvas/sandbox.ts';
import { startFakeShop } from '../cloudprinter/fake-shop.ts';

const tokenSchema = z.object({ access_token: z.string(), scope: z.string(), token_type: z.string() });
const resultsSchema = z.object({
  status: z.string(),
  statusDescription: z.string().nullable(),
  outputFileDetails: z.array(
    z.object({
      artifactId: z.string(),
      name: z.string(),
      format: z.string(),
      size: z.number().nullable(),
      anonymousAccess: z.boolean(),
      url: z.string().nullable(),
    }),
  ),
});
const listSchema = z.object({ total: z.number(), items: z.array(z.looseObject({ id: z.number() })).nullable() });

async function tokenOf(sandbox: CustomersCanvasSandbox): Promise<string> {
  const response = await fetch(sandbox.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
    }),
  });
  return tokenSchema.parse(await response.json()).access_token;
}

/** A sandbox and a caller who has a token. */
async function signedIn(options: CustomersCanvasSandboxOptions = {}) {
  const sandbox = await createCustomersCanvasSandbox(options);
  const headers = { authorization: `Bearer ${await tokenOf(sandbox)}` };
  const call = (path: string, method = 'GET') => fetch(`${sandbox.apiUrl}/api${path}`, { method, headers });
  const results = async (id: number) =>
    resultsSchema.parse(await (await call(`/storefront/v1/projects/${id}/processing-results`)).json());
  const ids = async (query: string) =>
    listSchema.parse(await (await call(`/storefront/v1/projects?${query}`)).json()).items?.map(({ id }) => id) ?? [];
  return { sandbox, call, results, ids, [Symbol.asyncDispose]: () => sandbox.stop() };
}

test('an order has one project a line; a print file needs the token and a preview none', async () => {
  await using canvas = await signedIn();
  const { sandbox, call, results } = canvas;
  const placed = sandbox.place({ orderId: '5001', projects: [{}, { name: 'Flyer' }] });
  expect(placed.projects.map(({ id }) => id)).toEqual([4567, 4568]);

  const { status, outputFileDetails } = await results(4567);
  expect(status).toBe('Completed');
  const [print, preview] = outputFileDetails;
  expect(print).toMatchObject({ name: '5001_4567', format: 'pdf', anonymousAccess: false });
  expect(preview).toMatchObject({ name: 'preview-front', format: 'jpeg', anonymousAccess: true });

  const file = await call(`/storage/v1/artifacts/${print?.artifactId}/file?attachment=true`);
  expect(file.headers.get('content-disposition')).toContain('filename="5001_4567.pdf"');
  const bytes = Buffer.from(await file.arrayBuffer());
  expect([bytes.subarray(0, 5).toString(), bytes.byteLength]).toEqual(['%PDF-', print?.size]);
  expect((await fetch(print?.url ?? '')).status).toBe(401);
  const shown = Buffer.from(await (await fetch(preview?.url ?? '')).arrayBuffer());
  expect(shown.subarray(0, 2).toString('hex') + shown.subarray(-2).toString('hex')).toBe('ffd8ffd9');
  expect(sandbox.ledger.ofKind('leak')).toEqual([]);
});

test('a pipeline is Pending, InProgress and Completed as the clock goes on, and the list says so too', async () => {
  let nowMs = Date.UTC(2026, 2, 2);
  await using canvas = await signedIn({ nowMs: () => nowMs, pipelineMs: 10_000 });
  const { sandbox, results, ids } = canvas;
  sandbox.place({ orderId: '1' });
  const seen: string[] = [];
  for (const stepMs of [0, 5000, 5000]) {
    nowMs += stepMs;
    const { status, outputFileDetails } = await results(4567);
    seen.push(`${status} ${outputFileDetails.length}`);
    expect(await ids(`processingStatus=${status}`)).toEqual([4567]);
  }
  expect(seen).toEqual(['Pending 0', 'InProgress 0', 'Completed 2']);
  expect(sandbox.shortestResultsGapMs()).toBe(5000);
  expect(sandbox.mostRequestsIn(5000)).toBe(2);
});

test('the list filters by storefront, order and period, sorts and pages', async () => {
  const nowMs = Date.UTC(2026, 2, 20);
  await using canvas = await signedIn({ nowMs: () => nowMs });
  const { sandbox, ids } = canvas;
  const daysAgo = (days: number) => [{ createdAtMs: nowMs - days * 86_400_000 }];
  sandbox.place({ orderId: 'a', projects: daysAgo(40) });
  sandbox.place({ orderId: 'b', projects: daysAgo(5) });
  sandbox.place({ orderId: 'c', projects: daysAgo(1) });
  sandbox.place({ orderId: 'c', storefrontId: 43 });

  expect(await ids('storefrontId=42&sorting=LastModified DESC')).toEqual([4569, 4568, 4567]);
  expect(await ids('storefrontId=42&datePeriod=Last7Days&sorting=Created ASC')).toEqual([4568, 4569]);
  expect(await ids('orderId=c&storefrontId=43')).toEqual([4570]);
  expect(await ids('sorting=Id ASC&skip=1&take=2')).toEqual([4568, 4569]);
  expect(await ids('storefrontId=99')).toEqual([]);
});

test('resume keeps the artifacts and restart makes new ones; neither does anything to what has not failed', async () => {
  await using canvas = await signedIn();
  const { sandbox, call, results } = canvas;
  sandbox.place({ orderId: '1', projects: [{ failsWith: "Task 'render-hires' failed: font not found" }] });
  expect(await results(4567)).toMatchObject({ status: 'Failed', statusDescription: expect.stringContaining('font') });

  expect((await call('/storefront/v1/projects/4567/resume-processing', 'POST')).status).toBe(204);
  const resumed = await results(4567);
  expect((await call('/storefront/v1/projects/4567/restart-processing', 'POST')).status).toBe(409);
  sandbox.fail(4567, 'again');
  expect((await call('/storefront/v1/projects/4567/restart-processing', 'POST')).status).toBe(204);
  const [before, after] = [resumed, await results(4567)].map(
    ({ outputFileDetails }) => outputFileDetails[0]?.artifactId,
  );

  expect(after).not.toBe(before);
  expect((await call(`/storage/v1/artifacts/${before}/file`)).status).toBe(404);
  expect((await call(`/storage/v1/artifacts/${after}/file`)).status).toBe(200);
  expect(sandbox.pipelineStarts(4567)).toBe(2);
});

test('a project waits for its status, and a transition that is not offered is a 409 that names the others', async () => {
  await using canvas = await signedIn();
  const { sandbox, call, results } = canvas;
  sandbox.place({ orderId: '1', projects: [{ waitsForStatus: true }] });
  expect((await results(4567)).status).toBe('Pending');

  const refused = await call('/storefront/v1/projects/4567/transitions/Complete', 'POST');
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ availableTransitions: [{ name: 'Confirm' }, { name: 'Reject' }] });
  const taken = await call('/storefront/v1/projects/4567/transitions/Confirm', 'POST');
  expect(await taken.json()).toMatchObject({ code: 2, displayName: 'Confirmed' });
  expect((await results(4567)).status).toBe('Completed');
});

test('no token or an expired one is a 401, a missing scope a 403', async () => {
  let nowMs = Date.UTC(2026, 2, 2);
  await using canvas = await signedIn({ nowMs: () => nowMs, tokenLifetimeSeconds: 60, scopes: ['Projects_read'] });
  const { sandbox, call } = canvas;
  expect((await fetch(`${sandbox.apiUrl}/api/storefront/v1/projects`)).status).toBe(401);
  expect((await call('/storefront/v1/projects')).status).toBe(200);
  expect((await call('/storefront/v1/tenant-info')).status).toBe(403);
  expect((await call('/storefront/v1/projects/1/resume-processing', 'POST')).status).toBe(403);
  nowMs += 60_000;
  expect((await call('/storefront/v1/projects')).status).toBe(401);
  expect((await call('/storefront/v1/info')).status).toBe(200);
});

test('faults strike the calls they match: a lost answer is carried out, a page in between is not', async () => {
  await using canvas = await signedIn();
  const { sandbox, call, results } = canvas;
  sandbox.place({ orderId: '1', projects: [{ failsWith: 'no' }, { failsWith: 'no' }] });
  sandbox.callKnobs.set({ match: { call: 'restart', project: '4567' }, fault: { kind: 'answerLost' } });
  sandbox.callKnobs.set({ match: { call: 'restart', project: '4568' }, fault: { kind: 'html' } });
  sandbox.callKnobs.set({ match: { call: 'projects' }, fault: { kind: 'status', status: 429, retryAfterSeconds: 7 } });

  await expect(call('/storefront/v1/projects/4567/restart-processing', 'POST')).rejects.toThrow();
  expect(await (await call('/storefront/v1/projects/4568/restart-processing', 'POST')).text()).toContain('<html>');
  const throttled = await call('/storefront/v1/projects');

  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7']);
  expect([(await results(4567)).status, (await results(4568)).status]).toEqual(['Completed', 'Failed']);
  expect(sandbox.carriedOut('restart').map(({ project }) => project)).toEqual(['4567']);
});

test('a token that reaches the file host is noted', async () => {
  await using canvas = await signedIn();
  const { sandbox, call, results } = canvas;
  sandbox.place({ orderId: '1' });
  const [print] = (await results(4567)).outputFileDetails;
  sandbox.fileKnobs.set({ fault: { kind: 'redirect', location: sandbox.foreignLocation }, times: 1 });

  const redirected = await fetch(`${sandbox.apiUrl}/api/storage/v1/artifacts/${print?.artifactId}/file`, {
    headers: { authorization: `Bearer ${await tokenOf(sandbox)}` },
    redirect: 'manual',
  });
  const location = redirected.headers.get('location') ?? '';
  expect(location.startsWith(sandbox.fileUrl)).toBe(true);
  expect((await fetch(location)).headers.get('content-length')).toBe(String(print?.size));
  expect(sandbox.ledger.ofKind('leak')).toEqual([]);

  await fetch(location, { headers: { authorization: 'Bearer leaked' } });
  expect(sandbox.ledger.ofKind('leak')).toMatchObject([{ method: 'GET' }]);
  sandbox.expireFiles(4567);
  expect((await call(`/storage/v1/artifacts/${print?.artifactId}`)).status).toBe(404);
});

test('the shop posts its order as plain JSON, or as Shopify with a signature over the raw body', async () => {
  await using sandbox = await createCustomersCanvasSandbox();
  await using shop = await startFakeShop([202, 202]);
  const order = '820982911946154508';

  await sandbox.postOrder(order, { to: shop.url, token: 'shop-token' });
  const entry = await sandbox.postShopifyOrder(order, { to: shop.url, shopSecret: 'shop-secret' });

  expect(entry.answer).toMatchObject({ kind: 'answered', status: 202 });
  const [json, shopify] = shop.requests;
  expect([json?.headers.authorization, json?.body]).toEqual(['Bearer shop-token', `{"order":"${order}"}`]);
  expect(shopify?.body.startsWith(`{"id":${order},`)).toBe(true);
  expect(shopify?.headers['x-shopify-hmac-sha256']).toBe(
    createHmac('sha256', 'shop-secret')
      .update(shopify?.body ?? '')
      .digest('base64'),
  );
});
