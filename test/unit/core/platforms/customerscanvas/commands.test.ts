import { describe, expect, it } from 'vitest';
import { MINUTE_MS, openCanvasShop } from './canvas-shop.ts';

const DONE = { doneTransition: 'Complete' };

describe('Resume and restart', () => {
  it('are taken by a project that failed, and refused by one that did not', async () => {
    await using shop = await openCanvasShop({ pipelineMs: MINUTE_MS });
    const { id } = shop.place({ orderId: '1' });
    expect(await shop.send('resume', id)).toMatchObject({
      kind: 'failed',
      failure: { class: 'rejected', message: expect.stringContaining('only a pipeline that failed') },
    });
    shop.sandbox.fail(id, 'font not found');
    expect(await shop.send('resume', id)).toMatchObject({
      kind: 'accepted',
      httpStatus: 204,
      sighting: { externalId: String(id), state: 'waiting', problem: null },
    });
    expect(shop.sandbox.pipelineStarts(id)).toBe(1);
    shop.sandbox.fail(id, 'font not found');
    expect((await shop.send('restart', id)).kind).toBe('accepted');
    expect(shop.sandbox.pipelineStarts(id)).toBe(2);
  });

  it.each([{ kind: 'answerLost' }, { kind: 'hang' }, { kind: 'html' }, { kind: 'status', status: 500 }] as const)(
    'may have been carried out after %j, and are not sent again',
    async (fault) => {
      await using shop = await openCanvasShop({ pipelineMs: MINUTE_MS });
      const { id } = shop.place({ orderId: '1' });
      shop.sandbox.fail(id, 'font not found');
      shop.sandbox.callKnobs.set({ match: { call: 'restart' }, times: 1, fault });

      expect(await shop.send('restart', id)).toMatchObject({ kind: 'maybe' });
      const carriedOut = fault.kind === 'answerLost' || fault.kind === 'hang';
      const found = await shop.outgoing.lookUp?.(shop.way(), shop.message('restart', id));
      expect(found?.kind).toBe(carriedOut ? 'found' : 'notFound');
      expect(shop.sandbox.carriedOut('restart')).toHaveLength(carriedOut ? 1 : 0);
      expect(shop.outgoing.isRepeatable('restart')).toBe(false);
    },
  );

  it('were surely not carried out when nobody listened or the platform was busy', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({ orderId: '1', projects: [{ failsWith: 'no' }] });
    await shop.sweep();
    shop.sandbox.callKnobs.set({ match: { call: 'resume' }, times: 1, fault: { kind: 'status', status: 429 } });
    expect(await shop.send('resume', id)).toMatchObject({ kind: 'failed', failure: { class: 'rateLimited' } });
    await shop.sandbox.goOffline();
    // A connection that was kept open tells only when it is used; the next request opens one of its own.
    await shop.sweep();
    expect(await shop.send('resume', id)).toMatchObject({ kind: 'failed', failure: { class: 'network' } });
  });

  it('name the scope that is missing', async () => {
    await using shop = await openCanvasShop({ scopes: ['Projects_read'] });
    const { id } = shop.place({ orderId: '1', projects: [{ failsWith: 'no' }] });
    expect(await shop.send('resume', id)).toMatchObject({
      kind: 'failed',
      failure: { class: 'refused', message: expect.stringContaining('Projects_full') },
    });
  });
});

describe('Tag as done', () => {
  it('is off until a transition is chosen', async () => {
    await using shop = await openCanvasShop();
    expect(shop.outgoing.kinds(shop.way().settings)).toEqual(['resume', 'restart']);
    expect(shop.outgoing.kinds(shop.way(DONE).settings)).toEqual(['resume', 'restart', 'tagDone']);
    expect(await shop.send('tagDone', shop.place({ orderId: '1' }).id)).toMatchObject({ kind: 'failed' });
    expect(shop.calls()).toEqual([]);
  });

  it('makes the transition, and is content with a project that has the status already', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({ orderId: '1' });
    expect(await shop.send('tagDone', id, DONE)).toMatchObject({ kind: 'accepted', httpStatus: 200 });
    expect(shop.sandbox.find(id)?.statusCode).toBe(5);
    expect(await shop.send('tagDone', id, DONE)).toMatchObject({ kind: 'accepted', httpStatus: 409 });
    expect(shop.sandbox.carriedOut('changeStatus')).toHaveLength(1);
  });

  it('says what is possible instead when the transition is not', async () => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({ orderId: '1', projects: [{ waitsForStatus: true }] });
    expect(await shop.send('tagDone', id, DONE)).toMatchObject({
      kind: 'failed',
      failure: { class: 'rejected', message: expect.stringContaining('Possible are: Confirm, Reject.') },
    });
  });

  it.each([
    ['answerLost', 'found'],
    ['html', 'notFound'],
  ] as const)('is looked up by the status of the project after %s', async (kind, outcome) => {
    await using shop = await openCanvasShop();
    const { id } = shop.place({ orderId: '1' });
    shop.sandbox.callKnobs.set({ match: { call: 'changeStatus' }, times: 1, fault: { kind } });
    expect((await shop.send('tagDone', id, DONE)).kind).toBe('maybe');
    const found = await shop.outgoing.lookUp?.(shop.way(DONE), shop.message('tagDone', id));
    expect(found).toMatchObject({ kind: outcome });
  });
});
