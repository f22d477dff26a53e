import { expect, it } from 'vitest';
import type { JobSighting } from '../../../../../main/core/domain/job-sighting.ts';
import { createCustomersCanvas } from '../../../../../main/core/platforms/customerscanvas/platform.ts';
import type { JobFollowing } from '../../../../../main/core/platforms/platform.ts';
import { startScriptedServer } from '../cloudprinter/scripted-server.ts';
import { openWay } from '../oauth/open-way.ts';
import { openCanvasShop, type SweepResult } from './canvas-shop.ts';

const token = { access_token: 'token', token_type: 'Bearer', expires_in: 3600 };

/** A gateway that gives the same list of projects, whatever page of it is asked for. */
const openGateway = async (projects: unknown) => {
  const server = await startScriptedServer((response, { method }) =>
    response.end(JSON.stringify(method === 'POST' ? token : projects)),
  );
  const { origin } = new URL(server.url);
  const platform = createCustomersCanvas();
  const settings = platform.settingsSchema.parse({
    apiUrl: origin,
    tokenUrl: `${origin}/connect/token`,
    clientId: 'floor',
    storefrontId: 42,
    pageSize: 2,
    allowPrivateAddresses: true,
  });
  const way = openWay({ settings, secrets: { clientSecret: 'secret' } });
  const { jobs } = platform;
  if (jobs === undefined) throw new Error('Customer’s Canvas follows no jobs');
  return { server, way, jobs };
};

const sweepAll = async (
  jobs: JobFollowing<ReturnType<typeof createCustomersCanvas>['settingsSchema']['_output']>,
  way: Awaited<ReturnType<typeof openGateway>>['way'],
): Promise<SweepResult> => {
  const sightings: JobSighting[] = [];
  const pages = jobs.sweep(way, { reach: 'recent', cursor: null, oldestOpenAtMs: null });
  for (;;) {
    const step = await pages.next();
    if (step.done === true) return { sightings, end: step.value };
    sightings.push(...step.value);
  }
};

const project = { id: 1, orderId: '1041', processingStatus: 'Pending' };

it('a list that has more than it shows, and is the same for each page, has an end', async () => {
  const { server, way, jobs } = await openGateway({ total: 4_294_967_296, items: [project] });
  await using _server = server;
  expect(await sweepAll(jobs, way)).toMatchObject({ sightings: { length: 1 }, end: { kind: 'covered' } });
  const job = {
    externalId: 'order 1041',
    handle: 'order 1041',
    state: 'waiting',
    knownSinceMs: 0,
    createdAtMs: null,
    orderExternalId: null,
  } as const;
  expect(await jobs.check(way, job)).toMatchObject({ kind: 'seen', sightings: [{ externalId: '1' }] });
  expect(server.seen.length).toBeLessThan(20);
});

it('an item that a project lists twice is one item', async () => {
  const items = [{ id: 7, quantity: 10 }, { id: 8 }, { id: 7, quantity: 10 }];
  const { server, way, jobs } = await openGateway({ total: 1, items: [{ ...project, items }] });
  await using _server = server;
  const { sightings } = await sweepAll(jobs, way);
  expect(sightings[0]?.work?.items.map(({ externalId }) => externalId)).toEqual(['1-7', '1-8']);
});

it('a sweep is not blinded by a project that changes in the future', async () => {
  await using shop = await openCanvasShop();
  for (const orderId of ['1', '2', '3', '4', '5']) shop.place({ orderId });
  const nowMs = shop.nowMs;
  shop.nowMs += 400 * 24 * 60 * 60_000;
  shop.place({ orderId: 'ahead' });
  const aheadMs = shop.nowMs;
  shop.nowMs = nowMs;
  const first = await shop.sweep({}, { pageSize: 2 });
  const cursor = first.end.kind === 'covered' ? first.end.cursor : null;
  expect(Number(cursor)).toBe(nowMs);
  const after = async (since: string | null) => (await shop.sweep({ cursor: since }, { pageSize: 2 })).sightings;
  expect(await after(cursor)).toHaveLength(6);
  expect(await after(String(aheadMs)), 'a cursor of a station that knew no better').toHaveLength(6);
});

it('what a project and its items are called makes a problem of one line', async () => {
  await using shop = await openCanvasShop();
  const items = [{ name: `A\n${'x'.repeat(3_000)}` }, { name: 'B' }];
  const { id } = shop.place({ orderId: '1', projects: [{ items, failsWith: 'No\r\nbleed.'.repeat(200) }] });
  const text = (await shop.look(id)).problem?.text ?? '';
  expect(text).toMatch(/^A x+[^\p{Cc}]+$/u);
  expect(text.length).toBeLessThan(800);
});
