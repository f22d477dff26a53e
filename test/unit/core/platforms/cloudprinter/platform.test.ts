import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signalKinds } from '../../../../../main/contract/values.ts';
import { createCloudprinter } from '../../../../../main/core/platforms/cloudprinter/platform.ts';
import { settingsSchema } from '../../../../../main/core/platforms/cloudprinter/settings.ts';
import type { OutgoingMessage, SendOutcome } from '../../../../../main/core/platforms/platform.ts';
import { makeOrder } from '../../../../../main/training/orders/make-order.ts';
import { CANCEL_CAUSES } from '../../../../sandbox/cloudprinter/cancel-causes.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../../../sandbox/cloudprinter/sandbox.ts';
import { openWay } from '../oauth/open-way.ts';
import { orderIn, read } from './example-documents.ts';

let sandbox: CloudprinterSandbox;
beforeEach(async () => {
  sandbox = await createCloudprinterSandbox();
});
afterEach(async () => {
  await sandbox.stop();
});

const cloudprinter = createCloudprinter();
const { outgoing } = cloudprinter;
if (outgoing === undefined) throw new Error('Cloudprinter takes signals');

const settings = (changes: object = {}) =>
  settingsSchema.parse({ signalUrl: sandbox.signalUrl, allowPrivateAddresses: true, ...changes });
const way = (
  secrets: Readonly<Record<string, string>> = { signalKey: sandbox.signalKey, orderKey: sandbox.orderKey },
) => openWay({ connectionId: 'cp', settings: settings(), secrets, nowMs: () => 0 });
const signal = (kind: OutgoingMessage['kind'], payload: OutgoingMessage['payload'] = {}): OutgoingMessage => ({
  kind,
  orderExternalId: '900000010000',
  itemExternalId: '900000010001',
  job: null,
  payload,
  happenedAtMs: Date.parse('2026-03-02T08:16:10Z'),
  callbackUrl: null,
});
const send = (message: OutgoingMessage, secrets?: Readonly<Record<string, string>>): Promise<SendOutcome> =>
  outgoing.send(way(secrets), message);

describe('Cloudprinter takes', () => {
  it.each([
    ['registered', {}],
    ['started', {}],
    ['produced', {}],
    ['packed', {}],
    ['shipped', { tracking: '1Z', shippingOption: 'ups_international_standard' }],
    ['error', { text: 'Reprinting', delayHours: 24 }],
  ] as const)('the signal %s', async (kind, payload) => {
    expect(await send(signal(kind, payload))).toEqual({
      kind: 'accepted',
      httpStatus: 200,
      excerpt: null,
    });
    expect(sandbox.acceptedTypes('900000010001')).toEqual([outgoing.nameOf(kind)]);
  });

  it('a cancellation with each of the 21 causes, and each has a text', async () => {
    expect(cloudprinter.cancelCauses.map(({ code }) => code)).toEqual(CANCEL_CAUSES);
    for (const { code, text } of cloudprinter.cancelCauses) {
      expect(text).toMatch(/^[A-Z][\w ,]{8,}$/);
      const outcome = await send(signal('cancel', { cause: code, text: 'x' }));
      expect(outcome.kind).toBe('accepted');
    }
  });

  it('no signal without a key, and none with a wrong one', async () => {
    expect(await send(signal('registered'), {})).toMatchObject({
      failure: { class: 'refused', message: 'the signal key of this connection is missing', httpStatus: null },
    });
    expect(sandbox.ledger.ofKind('signal')).toHaveLength(0);
    expect(await send(signal('registered'), { signalKey: 'wrong' })).toMatchObject({
      failure: { class: 'refused', httpStatus: 403, message: expect.stringContaining('refuses the signal key (403') },
    });
  });

  it('no half a signal: what lacks a fact is rejected here', async () => {
    expect(await send(signal('shipped'))).toMatchObject({
      failure: { class: 'rejected', message: 'ItemShipped needs a value for tracking' },
    });
    expect(sandbox.ledger.ofKind('signal')).toHaveLength(0);
  });
});

describe('what the platform says of itself', () => {
  it('names the mandatory signals and the one deadline', () => {
    expect(signalKinds.filter((kind) => outgoing.isMandatory(kind))).toEqual([
      'registered',
      'shipped',
      'error',
      'cancel',
    ]);
    expect(signalKinds.filter((kind) => outgoing.deadlineMs(kind) !== null)).toEqual(['registered']);
    expect(outgoing.deadlineMs('registered')).toBe(900_000);
  });

  it('takes every signal twice without harm, and has nobody look one up', () => {
    expect(signalKinds.every((kind) => outgoing.isRepeatable(kind))).toBe(true);
    expect('lookUp' in outgoing).toBe(false);
  });

  it('leaves out the optional signals that a setting turns off', () => {
    expect(outgoing.kinds(settings())).toEqual(signalKinds);
    const off = settings({ sendStarted: false, sendProduced: false, sendPacked: false });
    expect(outgoing.kinds(off)).toEqual(['registered', 'shipped', 'error', 'cancel']);
  });

  it('reads every form in which the platform writes an order', async () => {
    const order = makeOrder({
      number: 7,
      items: [{ product: 'book' }, { product: 'poster', copies: 5 }],
      shippingLabel: true,
      address: { name: 'Å & <Ben>' },
    });
    for (const format of ['json-2.2', 'json-2.1', 'xml-2.1'] as const) {
      const { body, contentType } = await sandbox.document(order, format);
      expect(read(body, contentType)).toMatchObject({ kind: 'read', key: sandbox.orderKey });
      const incoming = orderIn(body);
      expect(incoming).toMatchObject({ externalId: order.id, delivery: { name: 'Å & <Ben>' }, unknownFields: [] });
      expect(incoming.items.map(({ copies, files }) => [copies, files.map(({ role }) => role)])).toEqual([
        [1, ['cover', 'bookBlock']],
        [5, ['product']],
      ]);
      expect(incoming.files.map(({ role }) => role)).toEqual(['shippingLabel']);
      expect(incoming.document).not.toContain(sandbox.orderKey);
    }
  });
});

describe('the connection test', () => {
  it('reaches the platform without sending a signal, and says what it cannot prove', async () => {
    const steps = await cloudprinter.test(way());
    expect(steps.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(steps[2]?.detail).toMatch(/was reached \(it answered 405\)/);
    expect(steps[3]?.detail).toMatch(/only the first signal can prove/);
    expect(sandbox.acceptedTypes('900000010001')).toEqual([]);
  });

  it('says which key is missing and that nobody answers', async () => {
    const there = way({ orderKey: 'x' });
    await sandbox.goOffline();
    const steps = await cloudprinter.test(there);
    expect(steps.map(({ ok }) => ok)).toEqual([true, false, false, true]);
    expect(steps[1]?.detail).toBe('the key that signals are sent with is missing');
    expect(steps[2]?.detail).toMatch(/refuses connections$/);
  });
});
