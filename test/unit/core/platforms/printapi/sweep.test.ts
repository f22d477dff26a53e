import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, openShop, type Shop } from './shop.ts';

const ITEMS = [{ productId: 'poster_a3_sta', quantity: 1 }];

let shop: Shop;

beforeEach(async () => {
  shop = await openShop({ largestPage: 20 });
});

afterEach(async () => {
  await shop[Symbol.asyncDispose]();
});

const place = async (id: string, ageMs = 0) => {
  await shop.sandbox.place({ id, items: ITEMS, placedAtMs: shop.nowMs - ageMs });
};

const paths = () => shop.sandbox.ledger.ofKind('request').map(({ path }) => decodeURIComponent(path));

describe('the sweep for what is new', () => {
  test('tells of each order whose status changed, once, and asks no list', async () => {
    await place('SO-1');
    await place('SO-2');
    expect(shop.told(await shop.sweep('recent'))).toEqual(['SO-1 Created', 'SO-2 Created']);

    shop.nowMs += MINUTE_MS;
    await shop.sandbox.setStatus('SO-2', 'Processing');
    shop.nowMs += MINUTE_MS;
    await shop.sandbox.setStatus('SO-2', 'Shipped');
    expect(shop.told(await shop.sweep('recent'))).toEqual(['SO-2 Shipped']);
    expect(shop.told(await shop.sweep('recent'))).toEqual([]);
    expect(paths().some((path) => path.startsWith('/v2/orders'))).toBe(false);
  });

  test('says only what the line says: the order itself has to be asked for', async () => {
    await place('SO-1');
    await shop.sandbox.setStatus('SO-1', 'Shipped');
    const { sightings, end } = await shop.sweep('recent');
    expect(sightings).toMatchObject([{ state: 'done', work: null, files: null, shipped: null, problem: null }]);
    expect(end).toMatchObject({ kind: 'covered', there: null });

    await shop.sandbox.setStatus('SO-1', 'Cancelled');
    expect((await shop.sweep('recent')).sightings).toMatchObject([
      { state: 'cancelled', problem: { code: 'orderCancelled' } },
    ]);
  });

  test('reaches back by the overlap, in the local time of the connection', async () => {
    await shop.sweep('recent');
    shop.nowMs += MINUTE_MS;
    await shop.sweep('recent');
    await shop.sweep('recent', { overlapMinutes: 5, timeZone: 'UTC' });
    expect(paths().filter((path) => path.includes('sync'))).toEqual([
      '/v2/sync/statuses?since=2025-12-13T09:15:00',
      '/v2/sync/statuses?since=2026-01-12T08:45:00',
      '/v2/sync/statuses?since=2026-01-12T08:11:00',
    ]);
  });

  test('misses nothing when the clocks go back', async () => {
    shop.nowMs = Date.parse('2026-10-25T00:50:00Z');
    await place('SO-1');
    await shop.sweep('recent');
    shop.nowMs = Date.parse('2026-10-25T01:05:00Z');
    await shop.sandbox.setStatus('SO-1', 'Processing');
    expect(shop.told(await shop.sweep('recent'))).toEqual(['SO-1 Processing']);
  });

  test('finds everything after a weekend without a word', async () => {
    for (let number = 1; number <= 30; number += 1) await place(`SO-${number}`);
    await shop.sweep('everything');
    for (let number = 1; number <= 30; number += 1) {
      shop.nowMs += 2 * HOUR_MS;
      await shop.sandbox.setStatus(`SO-${number}`, 'Shipped');
    }
    const { sightings } = await shop.sweep('recent');
    expect(sightings).toHaveLength(30);
    expect(new Set(sightings.map(({ state }) => state))).toEqual(new Set(['done']));
  });

  test('tells again what a failed sweep told, since nobody knows what became of it', async () => {
    await place('SO-1');
    shop.sandbox.requestKnobs.set({ match: { endpoint: 'orders' }, times: 1, fault: { kind: 'status', status: 500 } });
    const failed = await shop.sweep('everything');
    expect(shop.told(failed)).toEqual(['SO-1 Created']);
    expect(failed.end).toMatchObject({ kind: 'failed', failure: { class: 'serverError' } });
    expect(shop.told(await shop.sweep('recent'))).toEqual(['SO-1 Created']);
  });
});

describe('the sweep for everything', () => {
  test('pages the list over the look-back, newest first, and counts what is there', async () => {
    for (let day = 40; day >= 0; day -= 1) await place(`SO-${day}`, day * DAY_MS);
    const { sightings, end } = await shop.sweep('everything', { lookBackDays: 30 });
    expect(end).toMatchObject({ kind: 'covered', there: 31 });
    expect(new Set(sightings.map(({ externalId }) => externalId)).size).toBe(31);
    expect(paths().filter((path) => path.includes('offset'))).toEqual([
      '/v2/orders?offset=0&limit=50',
      '/v2/orders?offset=20&limit=50',
    ]);
  });

  test('tells of all orders again, in the same words, so that they can be counted here', async () => {
    for (let number = 1; number <= 45; number += 1) await place(`SO-${number}`, HOUR_MS - number * 1000);
    expect((await shop.sweep('everything')).sightings).toHaveLength(45);
    const again = await shop.sweep('everything');
    expect(again.sightings).toHaveLength(45);
    expect((await shop.sweep('everything')).sightings).toEqual(again.sightings);
    expect((await shop.sweep('recent')).sightings).toEqual([]);
  });

  test('finds an order that no status update told of', async () => {
    await shop.sweep('everything');
    await place('SO-1', 2 * HOUR_MS);
    expect(shop.told(await shop.sweep('recent'))).toEqual([]);
    const { sightings, end } = await shop.sweep('everything');
    expect(sightings).toMatchObject([{ externalId: 'SO-1', createdAtMs: shop.nowMs - 2 * HOUR_MS }]);
    expect(end).toMatchObject({ there: 1 });
  });

  test('does not count twice what moves to the next page meanwhile, nor what has vanished', async () => {
    for (let number = 1; number <= 45; number += 1) await place(`SO-${number}`, HOUR_MS - number * 1000);
    const stop = shop.sandbox.ledger.onEntry((entry) => {
      if (entry.kind === 'request' && entry.path.includes('offset=20')) void place('SO-new');
    });
    expect((await shop.sweep('everything')).end).toMatchObject({ there: 45 });
    stop();
    shop.sandbox.vanish('SO-7');
    expect((await shop.sweep('everything')).end).toMatchObject({ there: 45 });
  });
});

describe('what a client may not ask', () => {
  test('the list alone: changes still tell, only nothing is counted', async () => {
    shop.sandbox.oauth.setScopes(['orders:track']);
    await place('SO-1');
    const result = await shop.sweep('everything');
    expect(shop.told(result)).toEqual(['SO-1 Created']);
    expect(result.end).toMatchObject({ kind: 'covered', there: null });
  });

  test('the changes: then the sweep is refused, with the scope that is missing', async () => {
    shop.sandbox.oauth.setScopes(['orders:browse']);
    expect((await shop.sweep('recent')).end).toEqual({
      kind: 'listRefused',
      message: expect.stringContaining('orders:track'),
    });
  });

  test('anything, with a wrong secret: the whole connection is refused', async () => {
    const pages = shop.jobs.sweep(shop.way({}, 'wrong'), { reach: 'recent', cursor: null, oldestOpenAtMs: null });
    expect(await pages.next()).toMatchObject({ done: true, value: { kind: 'failed', failure: { class: 'refused' } } });
  });
});

test('where there are no status updates, the list is paged back to the oldest open order', async () => {
  shop.sandbox.requestKnobs.set({
    match: { endpoint: 'statuses' },
    fault: { kind: 'status', status: 404, message: 'No such resource.' },
  });
  for (let number = 1; number <= 45; number += 1) await place(`SO-${number}`, (46 - number) * HOUR_MS);
  expect((await shop.sweep('recent', { apiVersion: 'v1' })).sightings).toHaveLength(45);

  await shop.sandbox.setStatus('SO-30', 'Processing');
  const cursor = JSON.stringify({ untilMs: shop.nowMs, told: [] });
  const pages = shop.jobs.sweep(shop.way({ apiVersion: 'v1' }), {
    reach: 'recent',
    cursor,
    oldestOpenAtMs: shop.nowMs - 16 * HOUR_MS,
  });
  const { value } = await pages.next();
  expect(value).toHaveLength(16);
  expect(await pages.next()).toMatchObject({ done: true, value: { kind: 'covered', there: null } });
  expect(shop.told(await shop.sweep('recent', { apiVersion: 'v1' }))).toEqual([]);
});

test('a cursor that cannot be read only means that all is told again', async () => {
  await place('SO-1');
  await shop.sweep('recent');
  for (const cursor of ['nonsense', '{"untilMs":"x"}']) {
    const pages = shop.jobs.sweep(shop.way(), { reach: 'recent', cursor, oldestOpenAtMs: null });
    expect((await pages.next()).value).toHaveLength(1);
  }
});
