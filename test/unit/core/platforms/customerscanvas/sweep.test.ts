import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS, openCanvasShop, type SweepResult } from './canvas-shop.ts';

const ids = ({ sightings }: SweepResult): readonly string[] => sightings.map(({ externalId }) => externalId);
const cursorOf = ({ end }: SweepResult): string | null => (end.kind === 'covered' ? end.cursor : null);

describe('A sweep of a storefront', () => {
  it('tells of each project as a job of the shop’s order, with its items', async () => {
    await using shop = await openCanvasShop();
    shop.place({
      orderId: '820982911946154508',
      orderNumber: 1004,
      projects: [
        { items: [{ name: 'Card', quantity: 250, sku: 'BC-85x55', fields: { Paper: '350g matt', 'VDP rows': 12 } }] },
        { items: [{ sku: 'A' }, { sku: 'B' }], waitsForStatus: true },
      ],
    });

    const { sightings, end } = await shop.sweep();

    expect(end).toMatchObject({ kind: 'covered', there: null });
    const [second, first] = sightings.toSorted((a, b) => b.externalId.localeCompare(a.externalId));
    expect(first).toMatchObject({
      externalId: '4567',
      handle: '4567',
      state: 'done',
      statusText: 'Completed',
      problem: null,
      files: null,
      createdAtMs: shop.nowMs,
      work: {
        orderExternalId: '820982911946154508',
        customer: 'Example Buyer',
        reference: '#1004',
        items: [
          {
            externalId: '4567',
            title: 'Card',
            product: 'BC-85x55',
            copies: 250,
            options: [
              { code: 'Paper', description: '350g matt' },
              { code: 'VDP rows', description: '12' },
            ],
          },
        ],
      },
    });
    expect(second?.state).toBe('waiting');
    expect(second?.warnings).toEqual(['mayWaitForStatus']);
    expect(second?.beliefs).toContainEqual({
      name: 'processingStatus',
      value: 'Pending: may be waiting for a status',
    });
    expect(second?.beliefs).toContainEqual({ name: 'businessStatus', value: 'New' });
    const itemIds = second?.work?.items.map(({ externalId }) => externalId);
    expect(itemIds).toEqual(['4568-1356800', '4568-1356801']);
  });

  it('leaves other storefronts alone, though their orders have the same id', async () => {
    await using shop = await openCanvasShop();
    shop.place({ orderId: '1', storefrontId: 43 });
    shop.place({ orderId: '1' });

    expect(ids(await shop.sweep())).toEqual(['4568']);
    expect(ids(await shop.sweep({}, { storefrontId: '43' }))).toEqual(['4567']);
  });

  it('reads no further than what has changed, unless an open job is older', async () => {
    await using shop = await openCanvasShop();
    const startMs = shop.nowMs;
    for (let at = 0; at < 10; at += 1) {
      shop.place({ orderId: String(at), projects: [{ createdAtMs: startMs - (10 - at) * 60 * MINUTE_MS }] });
    }
    const first = await shop.sweep({}, { pageSize: 3 });
    expect(first.sightings).toHaveLength(10);
    shop.calls();

    shop.place({ orderId: 'new' });
    const question = { cursor: cursorOf(first) };
    expect(ids(await shop.sweep(question, { pageSize: 3 }))).toEqual(['4577', '4576', '4575']);
    expect(shop.calls()).toEqual(['projects']);

    const open = { ...question, oldestOpenAtMs: startMs - 5 * 60 * MINUTE_MS };
    expect(await shop.sweep(open, { pageSize: 3 })).toMatchObject({ sightings: { length: 9 } });
    expect(shop.calls()).toEqual(['projects', 'projects', 'projects']);
  });

  it('counts everything of 30 days when all is asked for, each project once though pages shift', async () => {
    await using shop = await openCanvasShop();
    for (let at = 0; at < 7; at += 1) {
      shop.place({ orderId: String(at), projects: [{ createdAtMs: shop.nowMs - at * DAY_MS }] });
    }
    shop.place({ orderId: 'old', projects: [{ createdAtMs: shop.nowMs - 40 * DAY_MS }] });
    const settings = shop.way({ pageSize: 3, lookBack: 'Today' });
    const pages = shop.jobs.sweep(settings, { reach: 'everything', cursor: null, oldestOpenAtMs: null });
    const seen: string[] = [];
    let end: unknown;
    for (;;) {
      const step = await pages.next();
      if (step.done === true) {
        end = step.value;
        break;
      }
      // Between the pages a new project comes to the top.
      if (seen.length === 0) shop.place({ orderId: 'between' });
      seen.push(...step.value.map(({ externalId }) => externalId));
    }

    expect(seen.toSorted()).toEqual(['4567', '4568', '4569', '4570', '4571', '4572', '4573', '4575']);
    expect(end).toMatchObject({ kind: 'covered', there: 8 });
  });

  it('says why a pipeline failed, and asks that only once while nothing changes', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({
      orderId: '1',
      projects: [{ failsWith: "Task 'render-hires' failed: font not found" }],
    });

    const [failed] = (await shop.sweep()).sightings;
    expect(failed).toMatchObject({
      state: 'failed',
      problem: { code: 'pipelineFailed', text: expect.stringMatching(/font not found\. Resume .* restart .* paid/u) },
    });
    shop.nowMs += 5 * MINUTE_MS;
    shop.calls();
    expect((await shop.sweep()).sightings[0]).toEqual(failed);
    expect(shop.calls()).toEqual(['projects']);

    shop.sandbox.fail(id, 'disk full');
    expect((await shop.sweep()).sightings[0]?.problem?.text).toContain('disk full');
  });

  it('says of a project whose results are known what the check said', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({ orderId: '1' });
    expect((await shop.sweep()).sightings[0]?.files).toBeNull();
    const checked = await shop.look(id);

    expect(checked.files).toHaveLength(1);
    expect((await shop.sweep()).sightings).toEqual([checked]);
    const other = shop.jobs.sweep(shop.way({}, 'other'), { reach: 'recent', cursor: null, oldestOpenAtMs: null });
    expect((await other.next()).value).toMatchObject([{ files: null }]);
  });

  it('asks for nothing before a storefront is chosen', async () => {
    await using shop = await openCanvasShop();
    expect((await shop.sweep({}, { storefrontId: '' })).end).toMatchObject({
      kind: 'failed',
      failure: { class: 'refused', message: expect.stringContaining('choose one') },
    });
    expect(shop.calls()).toEqual([]);
  });
});

describe('A sweep that fails', () => {
  it.each([
    [
      { kind: 'status', status: 429, retryAfterSeconds: 30 },
      { class: 'rateLimited', retryAfterMs: 30_000 },
    ],
    [
      { kind: 'status', status: 503 },
      { class: 'serverError', retryAfterMs: null },
    ],
    [{ kind: 'status', status: 500, message: 'boom' }, { class: 'serverError' }],
    [
      { kind: 'status', status: 403 },
      { class: 'refused', message: expect.stringContaining('Projects_read') },
    ],
    [
      { kind: 'status', status: 404 },
      { class: 'refused', message: expect.stringContaining('check apiUrl') },
    ],
    [{ kind: 'html' }, { class: 'serverError', message: expect.stringContaining('cannot be read') }],
    [{ kind: 'garbage' }, { class: 'serverError' }],
    [{ kind: 'hang' }, { class: 'timeout' }],
    [{ kind: 'reset' }, { class: 'network' }],
  ] as const)('by %j says so', async (fault, failure) => {
    await using shop = await openCanvasShop();
    shop.place({ orderId: '1' });
    shop.sandbox.callKnobs.set({ match: { call: 'projects' }, fault });
    expect((await shop.sweep()).end).toMatchObject({ kind: 'failed', failure });
  });

  it('keeps the pages that came before', async () => {
    await using shop = await openCanvasShop();
    for (const orderId of ['1', '2', '3']) shop.place({ orderId });
    shop.sandbox.callKnobs.set({ match: { call: 'projects' }, after: 1, fault: { kind: 'reset' } });
    const { sightings, end } = await shop.sweep({}, { pageSize: 2 });
    expect([sightings.length, end.kind]).toEqual([2, 'failed']);
  });

  it('gets a new token once after a 401, and none after a 403', async () => {
    await using shop = await openCanvasShop();
    shop.place({ orderId: '1' });
    await shop.sweep();
    expect(shop.sandbox.oauth.tokensGiven).toBe(1);

    shop.sandbox.oauth.revokeAll();
    expect((await shop.sweep()).end.kind).toBe('covered');
    expect(shop.sandbox.oauth.tokensGiven).toBe(2);

    shop.sandbox.oauth.setScopes([]);
    shop.sandbox.oauth.revokeAll();
    expect((await shop.sweep()).end).toMatchObject({ failure: { class: 'refused', httpStatus: 403 } });
    expect(shop.sandbox.oauth.tokensGiven).toBe(3);
  });
});
