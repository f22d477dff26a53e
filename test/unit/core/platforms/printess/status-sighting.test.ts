import { describe, expect, it } from 'vitest';
import { readCallback } from '../../../../../main/core/platforms/printess/status-sighting.ts';
import type { PrintessBehaviour } from '../../../../sandbox/printess/behaviour.ts';
import { createPrintessSandbox } from '../../../../sandbox/printess/sandbox.ts';
import { startFakeShop } from '../../../sandbox/cloudprinter/fake-shop.ts';
import { fakeClock } from '../../../sandbox/printess/call-sandbox.ts';
import { known, printess, wayTo } from './printess-way.ts';

const spec = { templateName: 'st:ONE', origin: 'WC', externalOrderId: 'SO-1' };

describe('the status of one job', () => {
  it('is queued, rendering, then done with its files', async () => {
    const clock = fakeClock();
    await using sandbox = await createPrintessSandbox({ nowMs: clock.nowMs, renderMs: 10_000 });
    const job = sandbox.start(spec);
    const way = wayTo(sandbox);
    const seen = async () => printess.jobs.check(way, known(job));

    expect(await seen()).toMatchObject({ sightings: [{ state: 'waiting', statusText: 'queued', files: null }] });
    clock.advance(5000);
    expect(await seen()).toMatchObject({ sightings: [{ state: 'working', statusText: 'rendering' }] });
    clock.advance(5000);
    expect(await seen()).toMatchObject({
      sightings: [
        { externalId: job.jobId, handle: job.orderId, state: 'done', work: null, files: [{ role: 'Document' }] },
      ],
    });
  });

  it('is gone, not pending, when Printess does not know the job', async () => {
    await using sandbox = await createPrintessSandbox();
    const job = sandbox.start(spec);
    const way = wayTo(sandbox);
    expect(await printess.jobs.check(way, known(job))).toMatchObject({ sightings: [{ state: 'waiting' }] });
    sandbox.vanish(job.jobId);
    expect(await printess.jobs.check(way, known(job))).toEqual({ kind: 'seen', sightings: [] });
  });

  it.each(['success', 'failure'] as const)('is read in the spelling of %s', async (statusSpelling) => {
    await using sandbox = await createPrintessSandbox({ renderMs: 0, behaviour: { statusSpelling } });
    sandbox.jobKnobs.set({ times: 1, fault: { kind: 'fail', message: 'no font' } });
    const [bad, good] = [sandbox.start(spec), sandbox.start(spec)];
    const way = wayTo(sandbox, { token: sandbox.shopToken });
    expect(await printess.jobs.check(way, known(bad))).toMatchObject({
      sightings: [{ state: 'failed', problem: { text: expect.stringContaining('no font') } }],
    });
    expect(await printess.jobs.check(way, known(good))).toMatchObject({ sightings: [{ state: 'done' }] });
  });

  it('is a failure of the way when the answer is no status', async () => {
    await using sandbox = await createPrintessSandbox();
    const job = sandbox.start(spec);
    const way = wayTo(sandbox);
    for (const body of ['{}', '{"isFinalStatus":"no"}', '<html>', '']) {
      sandbox.callKnobs.set({ times: 1, fault: { kind: 'otherBody', body } });
      expect(await printess.jobs.check(way, known(job))).toMatchObject({ failure: { class: 'serverError' } });
    }
    sandbox.callKnobs.set({ times: 1, fault: { kind: 'otherBody', body: '{"isFinalStatus":true}' } });
    expect(await printess.jobs.check(way, known(job))).toMatchObject({
      sightings: [{ state: 'working', files: null }],
    });
  });
});

describe('a callback', () => {
  const combinations = (['success', 'failure'] as const).flatMap((callbackSpelling) =>
    (['top', 'result', 'both'] as const).map((metaPlace) => ({ callbackSpelling, metaPlace })),
  );

  it.each(combinations)(
    'is read with $callbackSpelling, meta: $metaPlace',
    async (behaviour: Partial<PrintessBehaviour>) => {
      await using sandbox = await createPrintessSandbox({ renderMs: 0, behaviour, nowMs: fakeClock().nowMs });
      await using shop = await startFakeShop();
      sandbox.jobKnobs.set({ times: 1, fault: { kind: 'fail', message: 'no font' } });
      const bad = sandbox.start({ ...spec, callbackUrl: shop.url });
      const good = sandbox.start({ ...spec, callbackUrl: shop.url, meta: 'm-1' });
      await sandbox.tick();

      const read = shop.requests.map(({ body }) => readCallback(Buffer.from(body)));
      expect(read.find((sighting) => sighting?.externalId === bad.jobId)).toMatchObject({ state: 'failed' });
      expect(read.find((sighting) => sighting?.externalId === good.jobId)).toMatchObject({
        handle: good.orderId,
        state: 'done',
        matchKey: 'SO-1\nst:ONE',
        beliefs: expect.arrayContaining([{ name: 'meta', value: 'm-1' }]),
        files: [{ key: 'document Document' }],
        work: null,
      });
    },
  );

  it('that says it is not final, or says nothing, is no end', () => {
    const read = (body: object) => readCallback(Buffer.from(JSON.stringify({ jobId: 'j', ...body })));
    expect(
      read({ isFinalStatus: false, isFailure: false, result: { r: { a: 'https://f.example/a.pdf' } } }),
    ).toMatchObject({
      state: 'working',
      files: null,
    });
    expect(read({})).toMatchObject({ state: 'working' });
    expect(read({ isFailure: false })).toMatchObject({ state: 'done', files: null });
    expect(read({ isFailure: true, isSuccess: true })).toMatchObject({ state: 'failed' });
  });

  it('is none without a job, or without JSON', () => {
    for (const body of ['', 'x', '[]', 'null', '{}', '{"jobId":""}', '{"jobId":7}']) {
      expect(readCallback(Buffer.from(body))).toBeNull();
    }
  });
});
