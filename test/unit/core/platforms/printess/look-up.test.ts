import { describe, expect, it } from 'vitest';
import { createPrintessSandbox } from '../../../../sandbox/printess/sandbox.ts';
import { fakeClock } from '../../../sandbox/printess/call-sandbox.ts';
import { message, printess, type Way, wayTo } from './printess-way.ts';

const { outgoing } = printess;
const hourMs = 3_600_000;

const lookUp = async (way: Way, asked: ReturnType<typeof message>) => outgoing.lookUp?.(way, asked);

/** A sandbox whose next answer to this endpoint is lost. */
const losing = async (endpoint: string) => {
  const clock = fakeClock();
  const sandbox = await createPrintessSandbox({ nowMs: clock.nowMs });
  const loseNext = () => sandbox.callKnobs.set({ match: { endpoint }, times: 1, fault: { kind: 'answerLost' } });
  return { clock, sandbox, loseNext, way: wayTo(sandbox, { nowMs: clock.nowMs }) };
};

describe('a produce whose answer was lost', () => {
  it('is found again, and never made twice', async () => {
    const { clock, sandbox, loseNext, way } = await losing('/production/produce');
    await using _ = sandbox;
    loseNext();
    const asked = message({ happenedAtMs: clock.nowMs() });
    expect((await outgoing.send(way, asked)).kind).toBe('maybe');
    clock.advance(3000);

    expect(await lookUp(way, asked)).toMatchObject({
      kind: 'found',
      sighting: {
        externalId: sandbox.jobs()[0]?.jobId,
        work: { orderExternalId: 'SO-1', items: [{ externalId: '2' }] },
      },
    });
    expect(sandbox.jobs()).toHaveLength(1);
  });

  it('is told from the same design in another line, and from the same line at another time', async () => {
    const { clock, sandbox, loseNext, way } = await losing('/production/produce');
    await using _ = sandbox;
    const earlier = message({ happenedAtMs: clock.nowMs() });
    await outgoing.send(way, earlier);
    clock.advance(1000);
    const otherLine = message({ itemExternalId: '3', happenedAtMs: clock.nowMs() });
    await outgoing.send(way, otherLine);
    clock.advance(1000);
    loseNext();
    const asked = message({ happenedAtMs: clock.nowMs() });
    await outgoing.send(way, asked);

    expect(await lookUp(way, asked)).toMatchObject({ sighting: { externalId: sandbox.jobs()[2]?.jobId } });
    expect(await lookUp(way, earlier)).toMatchObject({ sighting: { externalId: sandbox.jobs()[0]?.jobId } });
  });

  it('is not found when it never arrived, whatever else the order has', async () => {
    const { clock, sandbox, way } = await losing('/production/produce');
    await using _ = sandbox;
    sandbox.start({ templateName: 'st:ONE', origin: 'WC shop', externalOrderId: 'SO-1' });
    await outgoing.send(way, message({ itemExternalId: '1', happenedAtMs: clock.nowMs() }));
    sandbox.callKnobs.set({ match: { endpoint: '/production/produce' }, times: 1, fault: { kind: 'reset' } });
    const asked = message({ happenedAtMs: clock.nowMs() });
    expect((await outgoing.send(way, asked)).kind).toBe('maybe');
    expect(await lookUp(way, asked)).toMatchObject({ kind: 'notFound', detail: expect.stringContaining('SO-1') });
  });

  it('is known by order, template and time where the shop’s own text leaves no room for a mark', async () => {
    const { clock, sandbox, loseNext, way } = await losing('/production/produce');
    await using _ = sandbox;
    sandbox.behaviour.listTemplate = 'template';
    const payload = { template: 'st:ONE', copies: 1, orderMetaData: 'free text' };
    await outgoing.send(way, message({ payload: { ...payload, template: 'st:TWO' }, happenedAtMs: clock.nowMs() }));
    loseNext();
    const asked = message({ payload, happenedAtMs: clock.nowMs() });
    await outgoing.send(way, asked);
    expect(await lookUp(way, asked)).toMatchObject({ sighting: { externalId: sandbox.jobs()[1]?.jobId } });

    await outgoing.send(way, asked);
    expect(await lookUp(way, asked)).toMatchObject({ kind: 'notFound', detail: expect.stringContaining('2 jobs') });
  });

  it('is a failure to look up when the list cannot be had', async () => {
    const { sandbox, way } = await losing('/production/produce');
    await using _ = sandbox;
    sandbox.callKnobs.set({ fault: { kind: 'status', status: 503 } });
    expect(await lookUp(way, message())).toMatchObject({ kind: 'failed', failure: { class: 'serverError' } });
  });
});

describe('a repeated rendering whose answer was lost', () => {
  it.each([true, false])('is found again (in the same order: %s)', async (retryKeepsOrder) => {
    const { clock, sandbox, loseNext, way } = await losing('/order/retry');
    await using _ = sandbox;
    sandbox.behaviour.retryKeepsOrder = retryKeepsOrder;
    const line = (number: number) => ({ templateName: 'st:ONE', copies: 1, metaData: `{"lineItemId":"${number}"}` });
    const [old, other] = sandbox.startOrder({ origin: 'WC', externalOrderId: 'SO-1', lines: [line(1), line(2)] });
    clock.advance(hourMs);
    const again = (job: typeof old) =>
      message({
        kind: 'renderAgain',
        payload: {},
        job: { externalId: job?.jobId ?? '', handle: job?.orderId ?? '' },
        happenedAtMs: clock.nowMs(),
      });
    await outgoing.send(way, again(other));
    expect(await lookUp(way, again(old))).toMatchObject({ kind: 'notFound' });
    loseNext();
    expect((await outgoing.send(way, again(old))).kind).toBe('maybe');

    expect(await lookUp(way, again(old))).toMatchObject({
      kind: 'found',
      sighting: { externalId: sandbox.jobs().at(-1)?.jobId, work: { items: [{ externalId: '1' }] } },
    });
    expect(sandbox.jobs()).toHaveLength(4);
  });
});
