import { describe, expect, it } from 'vitest';
import { type CloudprinterSettings, settingsSchema } from '../../../../../main/core/platforms/cloudprinter/settings.ts';
import { signalBody } from '../../../../../main/core/platforms/cloudprinter/signal-body.ts';
import type { OutgoingMessage } from '../../../../../main/core/platforms/platform.ts';

const signal = (kind: OutgoingMessage['kind'], payload: OutgoingMessage['payload'] = {}): OutgoingMessage => ({
  kind,
  orderExternalId: '900000010000',
  itemExternalId: '900000010001',
  job: null,
  payload,
  happenedAtMs: Date.parse('2026-03-02T08:16:10.987Z'),
  callbackUrl: null,
});

const bodyOf = (sent: OutgoingMessage, settings: Partial<CloudprinterSettings> | object = {}): unknown => {
  const body = signalBody(sent, 'SIGNALKEY', settingsSchema.parse(settings));
  return body.kind === 'body' ? JSON.parse(body.json) : body.message;
};

const common = {
  apikey: 'SIGNALKEY',
  order: '900000010000',
  item: '900000010001',
  datetime: '2026-03-02 08:16:10 GMT',
};

describe('the body of a signal', () => {
  it.each([
    ['registered', {}, { type: 'ItemRegistered' }],
    ['started', {}, { type: 'ItemProduce' }],
    ['produced', {}, { type: 'ItemProduced' }],
    ['packed', {}, { type: 'ItemPacked' }],
    [
      'shipped',
      { tracking: '1ZTEST', shippingOption: 'ups_international_standard' },
      { type: 'ItemShipped', tracking: '1ZTEST', shipping_option: 'ups_international_standard' },
    ],
    ['error', { text: 'Reprinting', delayHours: 24 }, { type: 'ItemError', cause: 'Reprinting', delay: '24' }],
    [
      'cancel',
      { cause: 'CancelCoverSpine', text: 'Spine is 4 mm too wide' },
      { type: 'ItemCanceled', cause: 'CancelCoverSpine', message: 'Spine is 4 mm too wide' },
    ],
  ] as const)('%s %j', (kind, payload, own) => {
    expect(bodyOf(signal(kind, payload))).toEqual({ ...common, ...own });
  });

  it('takes nothing from the payload but its own fields', () => {
    const payload = { apikey: 'stolen', type: 'x', order: '1', signalKey: 'y', tracking: 'T', shippingOption: 'ups' };
    expect(bodyOf(signal('registered', payload))).toEqual({ ...common, type: 'ItemRegistered' });
    expect(bodyOf(signal('shipped', payload))).toEqual({
      ...common,
      type: 'ItemShipped',
      tracking: 'T',
      shipping_option: 'ups',
    });
  });

  it.each([
    ['shipped', { shippingOption: 'ups' }, 'ItemShipped needs a value for tracking'],
    ['shipped', { tracking: 'T', shippingOption: ' ' }, 'ItemShipped needs a value for shippingOption'],
    ['error', { delayHours: 2 }, 'ItemError needs a value for text'],
    ['error', { text: 'x' }, 'ItemError needs a value for delayHours'],
    ['cancel', { text: 'x' }, 'ItemCanceled needs a value for cause'],
    ['cancel', { cause: 'CancelBookRip' }, 'ItemCanceled needs a value for text'],
  ] as const)('is not made of half the facts: %s %j', (kind, payload, line) => {
    expect(bodyOf(signal(kind, payload))).toBe(line);
  });

  it('names its fields and writes its date as the settings say', () => {
    const settings = {
      fieldNames: { tracking: 'tracking_number', shippingOption: 'carrier' },
      'fieldNames.errorText': 'error',
      'fieldNames.delay': 'hours',
      dateForm: 'iso',
    };
    expect(bodyOf(signal('shipped', { tracking: 'T', shippingOption: 'gls' }), settings)).toEqual({
      ...common,
      type: 'ItemShipped',
      tracking_number: 'T',
      carrier: 'gls',
      datetime: '2026-03-02T08:16:10.987Z',
    });
    expect(bodyOf(signal('error', { text: 'x', delayHours: 5 }), settings)).toMatchObject({ error: 'x', hours: '5' });
  });
});
