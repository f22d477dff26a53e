import { describe, expect, it } from 'vitest';
import { createPrintessSandbox } from '../../../../sandbox/printess/sandbox.ts';
import { fakeClock } from '../../../sandbox/printess/call-sandbox.ts';
import { sweepAll, wayTo } from './printess-way.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const jobIds = (swept: Awaited<ReturnType<typeof sweepAll>>) => swept.sightings.map(({ externalId }) => externalId);

describe('the order list is asked', () => {
  it('page by page until everything is there, each job once', async () => {
    await using sandbox = await createPrintessSandbox({ renderMs: 0 });
    const made = Array.from(
      { length: 23 },
      (_, n) => sandbox.start({ templateName: `t${n}`, origin: 'WC shop' }).jobId,
    );

    const swept = await sweepAll(wayTo(sandbox, { settings: { pageSize: 10 } }), { reach: 'everything' });

    expect(new Set(jobIds(swept))).toEqual(new Set(made));
    expect(swept).toMatchObject({ pages: 3, end: { kind: 'covered', there: 23 } });
    expect(swept.sightings).toHaveLength(23);
  });

  it.each(['newest', 'oldest'] as const)('whether %s orders come first', async (listOrder) => {
    await using sandbox = await createPrintessSandbox({ behaviour: { listOrder } });
    for (let number = 0; number < 5; number += 1) sandbox.start({ templateName: `t${number}`, origin: 'WC' });
    const swept = await sweepAll(wayTo(sandbox, { settings: { pageSize: 2 } }), { reach: 'everything' });
    expect(swept.end).toMatchObject({ there: 5 });
  });

  it('past the most that Printess gives in one answer', async () => {
    await using sandbox = await createPrintessSandbox();
    for (let number = 0; number < 7; number += 1) sandbox.start({ templateName: `t${number}`, origin: 'WC' });
    sandbox.callKnobs.set({
      times: 1,
      fault: { kind: 'otherBody', body: JSON.stringify({ orders: [{ jobId: 'short' }, { jobId: 'page' }], count: 9 }) },
    });
    const swept = await sweepAll(wayTo(sandbox, { settings: { pageSize: 5 } }));
    expect(jobIds(swept)).toEqual(expect.arrayContaining(['short', 'page']));
    expect(sandbox.ledger.ofKind('call').map(({ body }) => body.skip)).toEqual([0, 2, 7]);
    expect(swept.sightings).toHaveLength(7);
  });

  it('without losing a job when others are made between two pages', async () => {
    await using sandbox = await createPrintessSandbox();
    const made = Array.from({ length: 6 }, (_, n) => sandbox.start({ templateName: `t${n}`, origin: 'WC' }).jobId);
    let calls = 0;
    sandbox.ledger.onEntry((entry) => {
      if (entry.kind !== 'call') return;
      calls += 1;
      if (calls === 1) made.push(sandbox.start({ templateName: 'late', origin: 'WC' }).jobId);
    });
    const way = wayTo(sandbox, { settings: { pageSize: 2 } });
    const first = await sweepAll(way);
    const second = await sweepAll(way, { cursor: first.end.kind === 'covered' ? first.end.cursor : null });

    expect(jobIds(first)).toEqual([...new Set(jobIds(first))]);
    expect(new Set([...jobIds(first), ...jobIds(second)])).toEqual(new Set(made));
  });
});

describe('a later sweep', () => {
  it('asks only since the newest order it has seen, with an overlap, and for the open jobs', async () => {
    const clock = fakeClock();
    await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs });
    const way = wayTo(sandbox, { nowMs: clock.nowMs });
    const old = sandbox.start({ templateName: 'old', origin: 'WC' });
    clock.advance(5 * hourMs);
    const recent = sandbox.start({ templateName: 'recent', origin: 'WC' });
    const { end } = await sweepAll(way);
    const cursor = end.kind === 'covered' ? end.cursor : null;
    clock.advance(minuteMs);
    const fresh = sandbox.start({ templateName: 'fresh', origin: 'WC' });

    expect(jobIds(await sweepAll(way, { cursor }))).toEqual([fresh.jobId, recent.jobId]);
    const withOpen = await sweepAll(way, { cursor, oldestOpenAtMs: old.createdAtMs });
    expect(jobIds(withOpen)).toContain(old.jobId);
    expect(withOpen.end).toMatchObject({ there: null });
    expect(sandbox.ledger.ofKind('call')).toHaveLength(3);
  });

  it('finds everything that was made in 62 hours in which nobody asked', async () => {
    const clock = fakeClock();
    await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs, renderMs: minuteMs });
    const way = wayTo(sandbox, { nowMs: clock.nowMs });
    sandbox.start({ templateName: 'before', origin: 'WC' });
    const { end } = await sweepAll(way);
    const made = Array.from({ length: 62 }, (_, n) => {
      clock.advance(hourMs);
      return sandbox.start({ templateName: `t${n}`, origin: 'WC' }).jobId;
    });
    clock.advance(hourMs);

    const swept = await sweepAll(way, { cursor: end.kind === 'covered' ? end.cursor : null });

    expect(jobIds(swept)).toEqual(expect.arrayContaining(made));
    expect(swept.sightings.every(({ state, files }) => state === 'done' && files?.length === 1)).toBe(true);
  });

  it('is not blinded by an order from the future, nor by a cursor that cannot be read', async () => {
    const clock = fakeClock();
    await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs });
    const way = wayTo(sandbox, { nowMs: clock.nowMs });
    sandbox.start({ templateName: 'ahead', origin: 'WC', createdAtMs: clock.nowMs() + 400 * 24 * hourMs });
    const { end } = await sweepAll(way, { cursor: 'nonsense' });
    clock.advance(minuteMs);
    const job = sandbox.start({ templateName: 'now', origin: 'WC' });
    const swept = await sweepAll(way, { cursor: end.kind === 'covered' ? end.cursor : null });
    expect(jobIds(swept)).toContain(job.jobId);
  });

  it('ends with the look-back, also where Printess does not look at the date', async () => {
    const clock = fakeClock();
    await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs });
    for (let days = 40; days > 0; days -= 1) {
      const createdAtMs = clock.nowMs() - days * 24 * hourMs;
      sandbox.start({ templateName: `t${days}`, origin: 'WC', createdAtMs });
    }
    const way = wayTo(sandbox, { nowMs: clock.nowMs, settings: { lookBackDays: 7, pageSize: 5 } });
    const dated = await sweepAll(way, { reach: 'everything' });
    expect(dated.end).toMatchObject({ there: 7 });

    const withoutDates = {
      ...way,
      call: (request: Parameters<typeof way.call>[0]) => {
        const { startDate: _, ...body } = JSON.parse(request.body?.text ?? '{}');
        return way.call({ ...request, body: { contentType: 'application/json', text: JSON.stringify(body) } });
      },
    };
    const undated = await sweepAll(withoutDates, { reach: 'everything' });
    expect(undated).toMatchObject({ pages: 2, end: { there: 7 } });
    expect(undated.sightings).toHaveLength(7);
  });
});

describe('whose jobs are taken in', () => {
  const origins = async (settings: object) => {
    await using sandbox = await createPrintessSandbox();
    for (const origin of ['Floor', 'WC one', 'WC two']) sandbox.start({ templateName: 't', origin });
    const { sightings } = await sweepAll(wayTo(sandbox, { settings }));
    const seen = sightings.map(({ beliefs }) => beliefs.find(({ name }) => name === 'origin')?.value);
    seen.reverse();
    return { seen, asked: sandbox.ledger.ofKind('call').map(({ body }) => body.origin) };
  };

  it('everybody’s, of chosen origins and its own, or only its own', async () => {
    expect(await origins({})).toEqual({ seen: ['Floor', 'WC one', 'WC two'], asked: [undefined] });
    expect(await origins({ discoverOrigins: ['WC two'] })).toEqual({ seen: ['Floor', 'WC two'], asked: [undefined] });
    expect(await origins({ discover: false })).toEqual({ seen: ['Floor'], asked: ['Floor'] });
  });
});

describe('a list that cannot be had', () => {
  it.each([401, 403] as const)('is refused with %i to a token that reads a status', async (status) => {
    await using sandbox = await createPrintessSandbox();
    sandbox.behaviour.listRefused = status;
    expect((await sweepAll(wayTo(sandbox))).end).toMatchObject({ kind: 'listRefused' });
    sandbox.behaviour.listRefused = null;
    sandbox.behaviour.refusalStatus = status;
    expect((await sweepAll(wayTo(sandbox, { token: sandbox.shopToken }))).end).toMatchObject({ kind: 'listRefused' });
  });

  it('is not taken for refused when the token is wrong or missing', async () => {
    await using sandbox = await createPrintessSandbox();
    const wrong = await sweepAll(wayTo(sandbox, { token: 'wrong-token' }));
    expect(wrong.end).toMatchObject({ kind: 'failed', failure: { class: 'refused', httpStatus: 401 } });
    const missing = await sweepAll(wayTo(sandbox, { token: null }));
    expect(missing.end).toMatchObject({ kind: 'failed', failure: { class: 'refused', httpStatus: null } });
  });

  it.each([
    [{ kind: 'status', status: 500 }, 'serverError'],
    [{ kind: 'status', status: 429, retryAfterSeconds: 7 }, 'rateLimited'],
    [{ kind: 'status', status: 503 }, 'serverError'],
    [{ kind: 'page' }, 'serverError'],
    [{ kind: 'page', status: 404 }, 'refused'],
    [{ kind: 'otherBody', body: '{"orders": [' }, 'serverError'],
    [{ kind: 'otherBody', body: '[]' }, 'serverError'],
    [{ kind: 'answerLost' }, 'network'],
    [{ kind: 'hang' }, 'timeout'],
  ] as const)('fails as a value: %o', async (fault, failureClass) => {
    await using sandbox = await createPrintessSandbox();
    sandbox.callKnobs.set({ fault });
    const { end } = await sweepAll(wayTo(sandbox, { answerTimeoutMs: 1_000 }));
    expect(end).toMatchObject({ kind: 'failed', failure: { class: failureClass } });
    if ('retryAfterSeconds' in fault) expect(end).toMatchObject({ failure: { retryAfterMs: 7000 } });
  });

  it('never carries the token to another origin', async () => {
    await using sandbox = await createPrintessSandbox();
    sandbox.callKnobs.set({ fault: { kind: 'redirect', location: `${sandbox.otherHostUrl}/orders/list` } });
    expect((await sweepAll(wayTo(sandbox))).end).toMatchObject({ kind: 'failed', failure: { httpStatus: 307 } });
    expect(sandbox.ledger.ofKind('leak')).toEqual([]);
    await fetch(sandbox.otherHostUrl, { headers: { authorization: 'Bearer x' } });
    expect(sandbox.ledger.ofKind('leak')).toHaveLength(1);
  });
});
