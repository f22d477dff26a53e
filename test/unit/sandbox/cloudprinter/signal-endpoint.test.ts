import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CANCEL_CAUSES } from '../../../sandbox/cloudprinter/cancel-causes.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../../sandbox/cloudprinter/sandbox.ts';

const ITEM = '900000010001';

let sandbox: CloudprinterSandbox;

beforeEach(async () => {
  sandbox = await createCloudprinterSandbox();
});

afterEach(async () => {
  await sandbox.stop();
});

function signal(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    apikey: sandbox.signalKey,
    order: '900000010000',
    item: ITEM,
    datetime: '2026-03-02 09:20:00 GMT',
    ...fields,
  };
}

async function send(fields: Readonly<Record<string, unknown>>): Promise<{ status: number; text: string }> {
  const response = await fetch(sandbox.signalUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(signal(fields)),
  });
  return { status: response.status, text: await response.text() };
}

describe('a signal is taken', () => {
  test.each([
    { type: 'ItemRegistered' },
    { type: 'ItemProduce' },
    { type: 'ItemProduced' },
    { type: 'ItemPacked' },
    { type: 'ItemShipped', tracking: '1Z999', shipping_option: 'ups_international_standard' },
    { type: 'ItemError', cause: 'The block is printed again', delay: '24' },
    { type: 'ItemError', cause: 'The block is printed again', delay: 24 },
  ])('$type with delay $delay', async (fields) => {
    expect(await send(fields)).toEqual({ status: 200, text: '' });
    expect(sandbox.acceptedTypes(ITEM)).toEqual([fields.type]);
  });

  test('ItemCanceled with each of the 21 causes', async () => {
    expect(CANCEL_CAUSES).toHaveLength(21);
    for (const cause of CANCEL_CAUSES) {
      expect((await send({ type: 'ItemCanceled', cause, message: 'Cannot be made' })).status).toBe(200);
    }
  });
});

describe('a signal is refused with 400 and a message', () => {
  test.each([
    ['type is unknown', { type: 'itemregistered' }],
    ['type is unknown', { type: 'ItemValidated' }],
    ['order is missing', { type: 'ItemRegistered', order: undefined }],
    ['item is empty', { type: 'ItemRegistered', item: '' }],
    ['datetime is missing', { type: 'ItemRegistered', datetime: undefined }],
    ['datetime is not of the form', { type: 'ItemRegistered', datetime: '2026-03-02T09:20:00Z' }],
    ['datetime is not of the form', { type: 'ItemRegistered', datetime: '2026-02-30 09:20:00 GMT' }],
    ['tracking is missing', { type: 'ItemShipped', shipping_option: 'ups' }],
    ['shipping_option is missing', { type: 'ItemShipped', tracking: '1Z999' }],
    ['delay is missing', { type: 'ItemError', cause: 'Spoiled' }],
    ['delay is not a positive', { type: 'ItemError', cause: 'Spoiled', delay: '0' }],
    ['cause is missing', { type: 'ItemError', delay: '24' }],
    ['not one of the cancellation causes', { type: 'ItemCanceled', cause: 'Spoiled', message: 'x' }],
    ['message is missing', { type: 'ItemCanceled', cause: 'CancelBookRip' }],
  ])('%s: %o', async (message, fields) => {
    const answer = await send(fields);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(message);
    expect(sandbox.acceptedTypes(ITEM)).toEqual([]);
  });

  test('when it is no JSON, or not sent as such', async () => {
    const json = { 'content-type': 'application/json' };
    const noJson = await fetch(sandbox.signalUrl, { method: 'POST', headers: json, body: '{' });
    const form = await fetch(sandbox.signalUrl, {
      method: 'POST',
      body: JSON.stringify(signal({ type: 'ItemPacked' })),
    });
    expect([noJson.status, form.status]).toEqual([400, 400]);
  });
});

test('a missing key is answered 401, a wrong one 403, before anything else is looked at', async () => {
  expect((await send({ apikey: undefined, type: 'Nonsense' })).status).toBe(401);
  expect((await send({ apikey: 'wrong', type: 'Nonsense' })).status).toBe(403);
  expect(sandbox.ledger.ofKind('signal').map((entry) => entry.key)).toEqual(['missing', 'wrong']);
});

test('the ledger keeps what was sent and answered, but never the key', async () => {
  await send({ type: 'ItemShipped', tracking: '1Z999', shipping_option: 'ups' });
  await send({ type: 'ItemShipped' });

  expect(sandbox.ledger.ofKind('signal')).toMatchObject([
    { accepted: true, item: ITEM, body: { tracking: '1Z999' }, answer: { kind: 'answered', status: 200 } },
    { accepted: false, answer: { status: 400, message: 'tracking is missing; shipping_option is missing' } },
  ]);
  expect(JSON.stringify(sandbox.ledger.all())).not.toContain(sandbox.signalKey);
});

test('the extra fields can have other names, and the message can be plain text', async () => {
  await sandbox.stop();
  sandbox = await createCloudprinterSandbox({
    signalFieldNames: { tracking: 'tracking_number' },
    messageForm: 'text',
  });
  const shipped = { type: 'ItemShipped', shipping_option: 'ups' };
  expect((await send({ ...shipped, tracking_number: '1Z999' })).status).toBe(200);
  expect(await send({ ...shipped, tracking: '1Z999' })).toEqual({ status: 400, text: 'tracking_number is missing' });
});

describe('faults', () => {
  const registered = { type: 'ItemRegistered' };

  test('the key is refused for as long as the knob is set', async () => {
    const knob = sandbox.signalKnobs.set({ fault: { kind: 'status', status: 401 } });
    expect((await send(registered)).status).toBe(401);
    expect((await send(registered)).status).toBe(401);
    knob.remove();
    expect((await send(registered)).status).toBe(200);
    expect(knob.strikes).toBe(2);
  });

  test('one type is refused with a message, the others are taken', async () => {
    sandbox.signalKnobs.set({
      match: { type: 'ItemShipped' },
      fault: { kind: 'status', status: 400, message: 'shipping option unknown' },
    });
    const shipped = await send({ type: 'ItemShipped', tracking: '1', shipping_option: 'ups' });
    expect(shipped).toEqual({ status: 400, text: '{"message":"shipping option unknown"}' });
    expect((await send(registered)).status).toBe(200);
  });

  test('429 says when to come back, and holds only for the first time', async () => {
    sandbox.signalKnobs.set({ times: 1, fault: { kind: 'status', status: 429, retryAfterSeconds: 7 } });
    const response = await fetch(sandbox.signalUrl, { method: 'POST', body: '{}' });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect((await send(registered)).status).toBe(200);
  });

  test('an answer is lost although the signal was taken', async () => {
    sandbox.signalKnobs.set({ times: 1, fault: { kind: 'answerLost' } });
    await expect(send(registered)).rejects.toThrow();
    expect(sandbox.ledger.ofKind('signal')).toMatchObject([{ accepted: true, answer: { kind: 'lost' } }]);
  });

  test('a connection is reset and nothing was taken', async () => {
    sandbox.signalKnobs.set({ times: 1, fault: { kind: 'reset' } });
    await expect(send(registered)).rejects.toThrow();
    expect(sandbox.acceptedTypes(ITEM)).toEqual([]);
    expect((await send(registered)).status).toBe(200);
  });

  test('an answer never comes, and the caller gives up', async () => {
    sandbox.signalKnobs.set({ fault: { kind: 'hang' } });
    const asked = fetch(sandbox.signalUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signal(registered)),
      signal: AbortSignal.timeout(100),
    });
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(sandbox.acceptedTypes(ITEM)).toEqual(['ItemRegistered']);
  });

  test('a delay comes on top of another fault', async () => {
    const delay = sandbox.signalKnobs.set({ fault: { kind: 'delay', delayMs: 5 } });
    sandbox.signalKnobs.set({ fault: { kind: 'status', status: 500 } });
    expect((await send(registered)).status).toBe(500);
    expect(delay.strikes).toBe(1);
  });

  test('faults are counted for each item and type apart when asked', async () => {
    sandbox.signalKnobs.set({ timesEach: 1, fault: { kind: 'status', status: 503 } });
    const statuses = [];
    for (const item of ['900000010001', '900000010002', '900000010001', '900000010002']) {
      statuses.push((await send({ ...registered, item })).status);
    }
    expect(statuses).toEqual([503, 503, 200, 200]);
  });
});
