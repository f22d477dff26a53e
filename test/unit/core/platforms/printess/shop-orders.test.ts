import { describe, expect, it } from 'vitest';
import { readShopOrders } from '../../../../../main/core/platforms/printess/shop-orders.ts';

const read = (value: unknown) => readShopOrders(Buffer.from(JSON.stringify(value)));
const orders = (value: unknown) => {
  const result = read(value);
  if (result.kind === 'invalid') throw new Error(result.message);
  return result.orders;
};

describe('the shop’s own backend hands over', () => {
  it('an order with its lines, and what is to be handed on to Printess', () => {
    const lines = [
      {
        line: 7,
        saveToken: 'ABC',
        copies: '25',
        title: 'Card',
        product: 'CARD-A6',
        outputType: 'png',
        outputSettings: { dpi: 150 },
        vdp: { form: { name: 'Ada' } },
        orderMetaData: { sku: 'A6' },
        usePublishedVersion: false,
        failureRepeats: 2,
        callbackUrl: 'https://elsewhere.example/',
        origin: 'another',
        unknown: [1],
      },
      { template: 'Poster', copies: null },
    ];
    expect(orders({ order: 1041, lines })).toEqual([
      {
        externalId: '1041',
        lines: [
          {
            externalId: '7',
            template: 'st:ABC',
            copies: 25,
            title: 'Card',
            product: 'CARD-A6',
            extra: {
              outputType: 'png',
              outputSettings: '{"dpi":150}',
              vdp: '{"form":{"name":"Ada"}}',
              orderMetaData: '{"sku":"A6"}',
              usePublishedVersion: 'false',
              failureRepeats: 2,
            },
          },
          { externalId: 'Poster', template: 'Poster', copies: 1, title: 'Poster', product: '', extra: {} },
        ],
      },
    ]);
  });

  it('one line in a single object, or several orders in a list', () => {
    const flat = { order: 'SO-1', template: 'Card', copies: 3 };
    expect(orders(flat)).toMatchObject([{ externalId: 'SO-1', lines: [{ template: 'Card', copies: 3 }] }]);
    expect(orders([flat, { ...flat, order: 'SO-2' }]).map(({ externalId }) => externalId)).toEqual(['SO-1', 'SO-2']);
  });

  it('lines without names, which are named by their templates: the same each time', () => {
    const token = `st:${'x'.repeat(86)}`;
    const names = () =>
      orders({
        order: '1',
        lines: [{ template: 'A' }, { template: 'A' }, { saveToken: token }, { line: 'A #3', template: 'A' }],
      }).flatMap(({ lines }) => lines.map(({ externalId }) => externalId));
    expect(names()).toEqual(['A', 'A #2', token, 'A #3']);
    expect(names()).toEqual(names());
  });
});

describe('one clear line says what is wrong', () => {
  it.each([
    ['an order must be an object', 'text'],
    ['the list of orders is empty', []],
    ["order is missing: the shop's own reference, a text or a number", { template: 'A' }],
    ['order must be a text or a number', { order: {}, template: 'A' }],
    ['template or saveToken is needed', { order: '1' }],
    ['lines must be a list', { order: '1', lines: {} }],
    ['lines is empty: there is nothing to produce', { order: '1', lines: [] }],
    ['line 2: it must be an object', { order: '1', lines: [{ template: 'A' }, 'B'] }],
    ['line 2: template or saveToken is needed', { order: '1', lines: [{ template: 'A' }, {}] }],
    ['line 1: give template or saveToken, not both', { order: '1', lines: [{ template: 'A', saveToken: 'B' }] }],
    ['line 1: copies must be a whole number from 1 to 1000000', { order: '1', lines: [{ template: 'A', copies: 0 }] }],
    ['copies must be a whole number from 1 to 1000000', { order: '1', template: 'A', copies: 'many' }],
    ['outputType must be a text', { order: '1', template: 'A', outputType: {} }],
    [
      'the line 4 is there twice',
      {
        order: '1',
        lines: [
          { line: 4, template: 'A' },
          { line: '4', template: 'B' },
        ],
      },
    ],
    [
      'order 2: line 1: template or saveToken is needed',
      [
        { order: '1', template: 'A' },
        { order: '2', lines: [{}] },
      ],
    ],
    ['template is longer than 300 characters', { order: '1', template: 'A'.repeat(301) }],
  ])('%s', (message, value) => {
    expect(read(value)).toEqual({ kind: 'invalid', message });
  });

  it('when it is no JSON', () => {
    expect(readShopOrders(Buffer.from('{'))).toEqual({ kind: 'invalid', message: 'the body is not valid JSON' });
  });
});
