import { describe, expect, it } from 'vitest';
import type { PrintessFault } from '../../../../sandbox/printess/call-faults.ts';
import { createPrintessSandbox } from '../../../../sandbox/printess/sandbox.ts';
import { message, printess, wayTo } from './printess-way.ts';

const { outgoing } = printess;

describe('a produce command', () => {
  it('sends the documented body, with what the settings and the line say', async () => {
    await using sandbox = await createPrintessSandbox();
    const happenedAtMs = Date.parse('2026-03-02T09:00:00Z');
    const outcome = await outgoing.send(
      wayTo(sandbox, { settings: { outputType: 'png', dpi: 200 } }),
      message({ happenedAtMs, callbackUrl: 'https://floor.example/in/px/callback/n1' }),
    );

    const [job] = sandbox.jobs();
    expect(outcome).toMatchObject({
      kind: 'accepted',
      httpStatus: 200,
      sighting: {
        externalId: job?.jobId,
        handle: job?.orderId,
        state: 'waiting',
        matchKey: 'SO-1\nst:ONE',
        files: null,
      },
    });
    expect(sandbox.ledger.ofKind('call')).toMatchObject([{ endpoint: '/production/produce', token: 'service' }]);
    expect(sandbox.ledger.ofKind('call')[0]?.body).toEqual({
      templateName: 'st:ONE',
      origin: 'Floor',
      externalOrderId: 'SO-1',
      copies: 25,
      outputType: 'png',
      usePublishedVersion: true,
      outputSettings: { dpi: 200, jpegCompression: 90 },
      orderMetaData: '{"platen":{"line":"2","requestedAt":"2026-03-02T09:00:00.000Z"}}',
      callbackUrl: 'https://floor.example/in/px/callback/n1',
    });
  });

  it('hands on what the line gives, in the place of the settings', async () => {
    await using sandbox = await createPrintessSandbox();
    const payload = {
      template: 'Card',
      copies: 1,
      title: 'left out',
      outputType: 'jpg',
      outputSettings: '{"dpi":150}',
      vdp: '{"form":{"name":"Ada"}}',
      orderMetaData: '{"sku":"A6"}',
      combinePdfsIntoOne: 'true',
    };
    await outgoing.send(wayTo(sandbox), message({ payload, happenedAtMs: 0 }));
    await outgoing.send(wayTo(sandbox), message({ payload: { ...payload, orderMetaData: 'free text' } }));
    await outgoing.send(
      wayTo(sandbox, { settings: { printSettingsTemplate: 'HP' } }),
      message({ payload: { template: 'Card', copies: 1 } }),
    );

    const [body, free, named] = sandbox.ledger.ofKind('call').map((call) => call.body);
    expect(body).toMatchObject({
      outputType: 'jpg',
      outputSettings: { dpi: 150 },
      vdp: { form: { name: 'Ada' } },
      combinePdfsIntoOne: true,
      orderMetaData: '{"sku":"A6","platen":{"line":"2","requestedAt":"1970-01-01T00:00:00.000Z"}}',
    });
    expect(body).not.toHaveProperty('title');
    expect(free).toMatchObject({ orderMetaData: 'free text' });
    expect(named).toMatchObject({ printSettingsTemplate: 'HP' });
    expect(named).not.toHaveProperty('outputSettings');
  });

  it('without a template, or with a field that cannot be read, is rejected here', async () => {
    await using sandbox = await createPrintessSandbox();
    for (const payload of [{ copies: 1 }, { template: 't', vdp: '{' }]) {
      const outcome = await outgoing.send(wayTo(sandbox), message({ payload }));
      expect(outcome).toMatchObject({ kind: 'failed', failure: { class: 'rejected' } });
    }
    expect(sandbox.ledger.ofKind('call')).toEqual([]);
  });
});

describe.each([
  ['produce', message({ kind: 'produce' })],
  ['renderAgain', message({ kind: 'renderAgain', payload: {} })],
] as const)('what is answered to %s', (_kind, base) => {
  const sent = async (fault: PrintessFault, options: { readonly token?: string } = {}) => {
    await using sandbox = await createPrintessSandbox();
    const old = sandbox.start({ templateName: 'st:ONE', origin: 'Floor', externalOrderId: 'SO-1' });
    sandbox.callKnobs.set({ fault });
    const job = base.kind === 'produce' ? null : { externalId: old.jobId, handle: old.orderId };
    const outcome = await outgoing.send(wayTo(sandbox, { answerTimeoutMs: 1_000, ...options }), { ...base, job });
    return { outcome, jobs: sandbox.jobs().length - 1, calls: sandbox.ledger.ofKind('call').length };
  };

  it.each([
    [402, 'paymentRequired', 'Printess does not accept it (402: code 17: no funds left)'],
    [406, 'rejected', 'Printess does not accept it (406: code 17: no funds left)'],
  ] as const)('%i says no, with Printess’ own code and message', async (status, failureClass, text) => {
    const { outcome, jobs } = await sent({ kind: 'notAccepted', status, c: 17, m: 'no funds left' });
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { class: failureClass, message: text, httpStatus: status },
    });
    expect(jobs).toBe(0);
  });

  it.each([
    [{ kind: 'status', status: 401 }, 'refused'],
    [{ kind: 'status', status: 400, message: 'bad' }, 'rejected'],
    [{ kind: 'status', status: 429, retryAfterSeconds: 3 }, 'rateLimited'],
    [{ kind: 'page', status: 404 }, 'refused'],
    [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'serverError'],
  ] as const)('%o is no job', async (fault, failureClass) => {
    const { outcome, jobs, calls } = await sent(fault);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { class: failureClass } });
    expect([jobs, calls]).toEqual([0, 1]);
  });

  it.each([
    [{ kind: 'answerLost' }, 1],
    [{ kind: 'hang' }, 1],
    [{ kind: 'otherBody', body: '{}' }, 1],
    [{ kind: 'otherBody', body: '{"jobId":null,"orderId":"o"}' }, 1],
    [{ kind: 'otherBody', body: 'OK' }, 1],
    [{ kind: 'otherBody', body: '{"jobId":"x"}', status: 500 }, 1],
    [{ kind: 'page' }, 0],
    [{ kind: 'status', status: 503 }, 0],
  ] as const)('%o may be a job, and is sent once', async (fault, made) => {
    const { outcome, jobs, calls } = await sent(fault);
    expect(outcome.kind).toBe('maybe');
    expect([jobs, calls]).toEqual([made, 1]);
  });
});

it('a command that never left is no maybe', async () => {
  const sandbox = await createPrintessSandbox();
  const way = wayTo(sandbox);
  await sandbox.stop();
  expect(await outgoing.send(way, message())).toMatchObject({ kind: 'failed', failure: { class: 'network' } });
  expect(await outgoing.send(wayTo(sandbox, { token: null }), message())).toMatchObject({
    kind: 'failed',
    failure: { class: 'refused', message: 'the service token of this connection is missing' },
  });
});

describe('rendering again', () => {
  it.each([true, false])('makes a new job (in the same order: %s)', async (retryKeepsOrder) => {
    await using sandbox = await createPrintessSandbox({ behaviour: { retryKeepsOrder } });
    const old = sandbox.start({ templateName: 'st:ONE', origin: 'WC', externalOrderId: 'SO-1' });
    const job = { externalId: old.jobId, handle: old.orderId };
    const outcome = await outgoing.send(wayTo(sandbox), message({ kind: 'renderAgain', job, payload: {} }));
    const made = sandbox.jobs().at(-1);
    expect(made?.jobId).not.toBe(old.jobId);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      sighting: { externalId: made?.jobId, handle: made?.orderId, matchKey: null, work: null },
    });
    expect(sandbox.ledger.ofKind('call')[0]).toMatchObject({
      endpoint: '/order/retry',
      body: { orderId: old.orderId },
    });
  });

  it('needs the Printess order', async () => {
    await using sandbox = await createPrintessSandbox();
    for (const job of [null, { externalId: 'j', handle: 'j' }]) {
      const outcome = await outgoing.send(wayTo(sandbox), message({ kind: 'renderAgain', job }));
      expect(outcome).toMatchObject({ kind: 'failed', failure: { class: 'rejected' } });
    }
    expect(sandbox.ledger.ofKind('call')).toEqual([]);
  });
});

it('no token stands in what is shown of an answer', async () => {
  await using sandbox = await createPrintessSandbox();
  const { serviceToken } = sandbox;
  sandbox.callKnobs.set({ fault: { kind: 'notAccepted', status: 406, c: 1, m: `you sent ${serviceToken}` } });
  const outcome = await outgoing.send(wayTo(sandbox), message());
  expect(JSON.stringify(outcome)).toContain('you sent ***');
  expect(JSON.stringify(outcome)).not.toContain(serviceToken);
});
