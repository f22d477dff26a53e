import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS, openCanvasShop } from './canvas-shop.ts';

describe('A check of a project', () => {
  it('asks for the results only when there are some', async () => {
    await using shop = await openCanvasShop({ pipelineMs: 10 * MINUTE_MS });
    const { id } = shop.place({ orderId: '1' });
    expect(await shop.look(id)).toMatchObject({ state: 'waiting', statusText: 'Pending', files: null });
    shop.nowMs += 5 * MINUTE_MS;
    expect(await shop.look(id)).toMatchObject({ state: 'working', statusText: 'InProgress', warnings: [] });
    expect(shop.calls()).toEqual(['token', 'project', 'project']);

    shop.nowMs += 5 * MINUTE_MS;
    expect(await shop.look(id)).toMatchObject({ state: 'done', problem: null, files: [{ role: 'product' }] });
    expect(shop.calls()).toEqual(['project', 'processingResults']);
  });

  it('gives the print files with an address at the gateway, and leaves previews out', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({ orderId: '1' });
    const { files, beliefs, warnings } = await shop.look(id);

    expect(files).toMatchObject([{ itemExternalId: '4567', role: 'product', format: 'pdf', needsToken: true }]);
    const [file] = files ?? [];
    expect(file?.url).toBe(`${shop.sandbox.apiUrl}/api/storage/v1/artifacts/${file?.key}/file?attachment=true`);
    expect(file?.expectedBytes).toBeGreaterThan(1000);
    expect(warnings).toEqual([]);
    expect(beliefs).toContainEqual({ name: 'previewsLeftOut', value: '1' });

    // What was heard under other settings counts no more, but the platform is left alone for a minute.
    expect((await shop.look(id, {}, { includePreviews: true })).files).toBeNull();
    shop.nowMs += MINUTE_MS;
    const withPreviews = await shop.look(id, {}, { includePreviews: true });
    expect(withPreviews.files?.map(({ role, format, needsToken }) => [role, format, needsToken])).toEqual([
      ['product', 'pdf', true],
      ['preview', 'jpg', false],
    ]);
    expect(shop.sandbox.shortestResultsGapMs()).toBeGreaterThanOrEqual(MINUTE_MS);
  });

  it.each([
    ['ahead', 0, DAY_MS],
    ['back', DAY_MS, 0],
  ])('asks for the results once a minute, also when the clock is set %s', async (_way, beforeMs, afterMs) => {
    await using shop = await openCanvasShop();
    shop.aheadMs = beforeMs;
    const { id } = shop.place({ orderId: '1' });
    await shop.look(id);
    shop.aheadMs = afterMs;
    shop.nowMs += MINUTE_MS - 1;
    await shop.look(id);
    expect(shop.calls().filter((call) => call === 'processingResults')).toHaveLength(1);
    shop.nowMs += 1;
    await shop.look(id);
    expect(shop.calls()).toContain('processingResults');
    expect(shop.sandbox.shortestResultsGapMs()).toBe(MINUTE_MS);
  });

  it('fetches an anonymous file from its own address without a token, and any other only from the gateway', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({
      orderId: '1',
      projects: [
        {
          items: [
            {
              files: [
                { kind: 'print', name: 'open', anonymousAccess: true },
                { kind: 'print', name: 'inside', url: 'internal' },
                { kind: 'print', name: 'no url', anonymousAccess: true, url: null },
              ],
            },
          ],
        },
      ],
    });
    const { files } = await shop.look(id);
    const origins = files?.map(({ url, needsToken }) => [new URL(url).origin, needsToken]);
    expect(origins).toEqual([
      [shop.sandbox.fileUrl, false],
      [shop.sandbox.apiUrl, true],
      [shop.sandbox.apiUrl, true],
    ]);
  });

  it('keeps files of one name apart, whatever the form of their format', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({
      orderId: '1',
      projects: [
        {
          items: [
            {
              files: [
                { kind: 'print', name: 'same', format: 'application/pdf' },
                { kind: 'print', name: 'same', format: '' },
                { kind: 'print', name: 'same.PDF', format: 'application/octet-stream' },
                { kind: 'print', name: 'job', format: 'JSON' },
              ],
            },
          ],
        },
      ],
    });
    const { files } = await shop.look(id);
    expect(files?.map(({ format, role }) => [format, role])).toEqual([
      ['pdf', 'product'],
      ['', 'product'],
      ['pdf', 'product'],
      ['json', 'data'],
    ]);
    expect(new Set(files?.map(({ key }) => key)).size).toBe(4);
  });

  it('takes sizes that the results leave out from the artifacts, all of a run with one list', async () => {
    await using shop = await openCanvasShop();
    const print = { kind: 'print', sizeInResults: null } as const;
    const { id } = shop.place({ orderId: '1', projects: [{ items: [{ files: [print, print, print] }] }] });
    const unknown = shop.place({
      orderId: '2',
      projects: [{ items: [{ files: [{ ...print, sizeInArtifact: null }] }] }],
    });

    const { files, warnings } = await shop.look(id);
    expect(files?.map(({ expectedBytes }) => (expectedBytes ?? 0) > 1000)).toEqual([true, true, true]);
    expect(warnings).toEqual([]);
    expect(shop.calls()).toEqual(['token', 'project', 'processingResults', 'artifact', 'artifacts']);
    expect(await shop.look(unknown.id)).toMatchObject({ warnings: ['sizeUnknown'], files: [{ expectedBytes: null }] });
  });

  it('is a problem when it is Completed without a file', async () => {
    await using shop = await openCanvasShop();
    const none = shop.place({ orderId: '1', projects: [{ items: [{ files: [] }] }] });
    const previews = shop.place({ orderId: '2', projects: [{ items: [{ files: [{ kind: 'preview' }] }] }] });
    expect(await shop.look(none.id)).toMatchObject({
      state: 'done',
      files: [],
      problem: { code: 'noFiles', text: expect.stringContaining('no file:') },
    });
    expect((await shop.look(previews.id)).problem?.text).toContain('no file but previews');
  });

  it('gives each file to the item it was made for', async () => {
    await using shop = await openCanvasShop();
    const { id, itemIds } = shop.place({ orderId: '1', projects: [{ items: [{ sku: 'A' }, { sku: 'B' }] }] });
    const { files } = await shop.look(id);
    expect(files?.map(({ itemExternalId }) => itemExternalId)).toEqual(itemIds.map((item) => `${id}-${item}`));
  });

  it('says of a project with several items which have failed, and gives the files of the others', async () => {
    await using shop = await openCanvasShop();
    const items = [{ name: 'Card' }, { name: 'Flyer' }, { name: 'Poster' }];
    const { id, itemIds } = shop.place({ orderId: '1', projects: [{ items }] });
    shop.sandbox.fail(id, "Task 'render' failed.", itemIds[1]);

    const sighting = await shop.look(id);
    expect(sighting).toMatchObject({ state: 'failed', problem: { code: 'pipelineFailed' } });
    expect(sighting.problem?.text).toContain("Flyer: Task 'render' failed. 2 of 3 items are finished.");
    expect(sighting.files?.map(({ itemExternalId }) => itemExternalId)).toEqual([
      `${id}-${itemIds[0]}`,
      `${id}-${itemIds[2]}`,
    ]);
  });

  it.each([404, 409])('is not ready yet while a fresh project answers %i for its results', async (status) => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({ orderId: '1' });
    const knob = shop.sandbox.callKnobs.set({
      match: { call: 'processingResults' },
      fault: { kind: 'status', status },
    });
    expect(await shop.look(id)).toMatchObject({
      problem: null,
      files: null,
      statusText: expect.stringContaining('not ready'),
    });

    shop.nowMs += 11 * MINUTE_MS;
    const code = status === 404 ? 'resultsMissing' : 'resultsConflict';
    expect(await shop.look(id)).toMatchObject({ problem: { code } });
    knob.remove();
    shop.nowMs += MINUTE_MS;
    expect(await shop.look(id)).toMatchObject({ problem: null, files: [{ role: 'product' }] });
  });

  it('is gone when the platform no longer knows it, unless it was made just now', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({ orderId: '1' });
    shop.sandbox.vanish(id);
    expect(await shop.look(id)).toMatchObject({ state: 'waiting', problem: null });
    expect(await shop.look(id, { knownSinceMs: shop.nowMs - DAY_MS })).toMatchObject({
      state: 'gone',
      problem: { code: 'projectGone' },
    });
  });

  it('never asks for the results of a project twice in a minute', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({ orderId: '1', projects: [{ failsWith: 'no' }] });
    await shop.sweep();
    await shop.look(id);
    expect(shop.calls().filter((call) => call === 'processingResults')).toHaveLength(1);
    shop.nowMs += MINUTE_MS;
    await shop.look(id);
    expect(shop.sandbox.shortestResultsGapMs()).toBe(MINUTE_MS);
  });
});

describe('A check of an order that the shop told of', () => {
  it('waits for its projects, and is then replaced by them', async () => {
    await using shop = await openCanvasShop();
    const knownSinceMs = shop.nowMs;
    expect(await shop.look('order 5001')).toMatchObject({ externalId: 'order 5001', state: 'waiting', problem: null });
    shop.place({ orderId: '5001', storefrontId: 43 });
    shop.nowMs += DAY_MS;
    expect((await shop.look('order 5001', { knownSinceMs })).problem).toMatchObject({
      code: 'orderNotFound',
      text: expect.stringContaining('5001'),
    });

    shop.place({ orderId: '5001', projects: [{}, {}, {}] });
    const outcome = await shop.check('order 5001', { knownSinceMs }, { pageSize: 2 });
    expect(outcome).toMatchObject({ kind: 'seen', sightings: { length: 3 } });
    const told = outcome.kind === 'seen' ? outcome.sightings : [];
    expect(told.every(({ work, files }) => work?.orderExternalId === '5001' && files === null)).toBe(true);
  });

  it('says that it failed when the platform cannot be asked', async () => {
    await using shop = await openCanvasShop();
    await shop.sandbox.goOffline();
    expect(await shop.check('order 5001')).toMatchObject({ kind: 'failed', failure: { class: 'network' } });
  });
});
