import { expect, it } from 'vitest';
import { settingsSchema } from '../../../../../main/core/platforms/customerscanvas/settings.ts';
import { shopOrders } from '../../../../../main/core/platforms/customerscanvas/shop-orders.ts';
import { shopifyWebhook } from '../../../../sandbox/customerscanvas/shop-webhook.ts';

const settings = settingsSchema.parse({ clientId: 'any' });
const read = (text: string) => shopOrders.read(Buffer.from(text), settings);
const idsIn = (text: string) => {
  const outcome = read(text);
  return outcome.kind === 'read' ? outcome.orders.map(({ externalId }) => externalId) : outcome.message;
};

it.each([
  ['{"order":"5001"}', ['5001']],
  ['{"order":5001,"note":"x"}', ['5001']],
  ['{"orderId":"SO-7"}', ['SO-7']],
  ['{"orders":["1",2,{"order":"3"},{"orderId":4},{"id":"5"},"1"]}', ['1', '2', '3', '4', '5']],
  ['{"order":820982911946154508}', ['820982911946154508']],
])('the shop tells of its orders as %s', (body, ids) => {
  expect(idsIn(body)).toEqual(ids);
});

it('a Shopify order is known by its id, exactly as it was written', () => {
  const { body } = shopifyWebhook('820982911946154508', 'secret', new Date(0));
  expect(read(body)).toEqual({ kind: 'read', orders: [{ externalId: '820982911946154508', lines: [] }] });
});

it.each([
  '',
  '{',
  '[]',
  '{}',
  '{"order":""}',
  '{"order":{}}',
  '{"orders":[]}',
  '{"orders":[{}]}',
  '{"id":"1"}',
  '{"order":1.5}',
])('a body that names no order is refused: %s', (body) => {
  expect(read(body)).toMatchObject({ kind: 'invalid', message: expect.stringContaining('no order id') });
});
