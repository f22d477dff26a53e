import { describe, expect, it } from 'vitest';
import { readOrder } from '../../../../../main/core/platforms/printess/order-sighting.ts';
import { createPrintessSandbox } from '../../../../sandbox/printess/sandbox.ts';
import { known, printess, sweepAll, wayTo } from './printess-way.ts';

const wooMeta = JSON.stringify({
  orderId: '1041',
  lineItemId: '77',
  sku: 'CARD-A6',
  productName: 'Postcard',
  CustomerFirstName: 'Ada',
  CustomerLastName: 'Holm',
  ShippingCompany: 'Holm ApS',
  ShippingAddress1: 'Havnegade 1',
  ShippingZip: '1058',
  ShippingCity: 'København',
  ShippingCountry: 'DK',
});

describe('a job in the order list', () => {
  it('of another system’s plugin tells its order, its line and where it goes', async () => {
    await using sandbox = await createPrintessSandbox({ renderMs: 0 });
    sandbox.setDocuments('st:CARD', [
      { name: 'front', pageCount: 1 },
      { name: 'back', pageCount: 2 },
    ]);
    const [job] = sandbox.startOrder({
      origin: 'WC shop',
      externalOrderId: '1041',
      lines: [{ templateName: 'st:CARD', copies: 250, metaData: wooMeta }],
    });
    const { sightings } = await sweepAll(wayTo(sandbox));

    expect(sightings).toMatchObject([
      {
        externalId: job?.jobId,
        handle: job?.orderId,
        state: 'done',
        statusText: 'finished',
        problem: null,
        warnings: [],
        matchKey: '1041\nst:CARD',
        createdAtMs: job?.createdAtMs,
        work: {
          orderExternalId: '1041',
          customer: 'Ada Holm',
          delivery: {
            company: 'Holm ApS',
            name: 'Ada Holm',
            lines: ['Havnegade 1', '1058 København'],
            country: 'DK',
          },
          items: [{ externalId: '77', title: 'Postcard', product: 'CARD-A6', copies: 250, pages: 3 }],
        },
        files: [
          { key: 'document front', role: 'front', format: 'pdf', expectedBytes: null, needsToken: false },
          { key: 'document back', role: 'back', format: 'pdf' },
        ],
      },
    ]);
    expect(sightings[0]?.files?.every(({ url }) => url.startsWith(`${sandbox.fileHostUrl}/output/`))).toBe(true);
  });

  it('is in progress, failed or done, and a character without a glyph is a warning', async () => {
    await using sandbox = await createPrintessSandbox({ renderMs: 0 });
    sandbox.jobKnobs.set({ match: { template: 'glyph' }, fault: { kind: 'invalidGlyph' } });
    sandbox.jobKnobs.set({ match: { template: 'bad' }, fault: { kind: 'fail', message: 'Font "Sky" is missing.' } });
    sandbox.jobKnobs.set({ match: { template: 'slow' }, fault: { kind: 'never' } });
    for (const templateName of ['glyph', 'bad', 'slow']) sandbox.start({ templateName, origin: 'WC' });
    const byTemplate = async () => {
      const { sightings } = await sweepAll(wayTo(sandbox));
      return new Map(sightings.map((sighting) => [sighting.work?.items[0]?.title, sighting]));
    };

    const seen = await byTemplate();
    expect(seen.get('glyph')).toMatchObject({ state: 'done', warnings: ['invalidGlyph'] });
    expect(seen.get('slow')).toMatchObject({ state: 'working', files: [] });
    const problem = {
      code: 'renderFailed',
      text: 'Printess could not render it: Font "Sky" is missing. Correct the design or the template, then render it again.',
    };
    expect(seen.get('bad')).toMatchObject({ state: 'failed', problem });
    sandbox.behaviour.failedIsFinished = false;
    expect((await byTemplate()).get('bad')).toMatchObject({ state: 'failed', problem });
  });

  it('without files settles nothing: its own status says that there are none', async () => {
    await using sandbox = await createPrintessSandbox({ renderMs: 0 });
    sandbox.jobKnobs.set({ fault: { kind: 'noFiles' } });
    const job = sandbox.start({ templateName: 't', origin: 'WC' });
    const way = wayTo(sandbox);
    expect((await sweepAll(way)).sightings).toMatchObject([{ state: 'done', files: null, problem: null }]);
    expect(await printess.jobs.check(way, known(job))).toMatchObject({
      sightings: [{ state: 'done', files: [], problem: { code: 'noFiles' } }],
    });
  });

  it('made from a save token is known by the token, whatever the list calls its template', async () => {
    await using sandbox = await createPrintessSandbox({ behaviour: { listTemplate: 'template' } });
    sandbox.start({ templateName: 'st:ONE', origin: 'WC', externalOrderId: 'SO-1' });
    expect((await sweepAll(wayTo(sandbox))).sightings).toMatchObject([{ matchKey: 'SO-1\nst:ONE' }]);
  });

  it('without a reference of the shop goes by Printess’ own order', async () => {
    await using sandbox = await createPrintessSandbox();
    const { orderId } = sandbox.start({ templateName: 't', origin: 'account' });
    expect((await sweepAll(wayTo(sandbox))).sightings).toMatchObject([
      { work: { orderExternalId: orderId, customer: '', delivery: null, items: [{ externalId: orderId, copies: 1 }] } },
    ]);
  });

  it('is read with members missing, null, of another type or unknown', () => {
    expect(
      readOrder({ jobId: 'j', result: null, copies: null, metaData: null, isFinished: 'yes', more: {} }),
    ).toMatchObject({ sighting: { externalId: 'j', handle: 'j', state: 'working', createdAtMs: null, files: [] } });
    expect(readOrder({ jobId: 'j', id: 'o', createdOn: '2026-01-12T08:15:00.2000000' })?.createdAtMs).toBe(
      Date.parse('2026-01-12T08:15:00.2Z'),
    );
    expect(
      readOrder({ jobId: 'j', externalOrderId: 1041, copies: '25', metaData: '[1]' })?.sighting.work,
    ).toMatchObject({
      orderExternalId: '1041',
      items: [{ copies: 25 }],
    });
    const wrongResult = { r: { a: 1, b: 'https://files.example/b.pdf' }, p: [{ d: 'x' }, null], oi: 3 };
    expect(readOrder({ jobId: 'j', isFinished: true, result: wrongResult })?.sighting.files).toMatchObject([
      { role: 'b' },
    ]);
    for (const nothing of [null, 'text', {}, { jobId: '' }, { jobId: 7 }]) expect(readOrder(nothing)).toBeNull();
  });
});
