import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { bytesContent } from '../../../../main/training/files/file-content.ts';
import { createFileShelf } from '../../../../main/training/files/file-shelf.ts';
import { makeOrder, reorderOf } from '../../../../main/training/orders/make-order.ts';
import type { PublishedOrder } from '../../../../main/training/orders/publish.ts';
import { publishOrder } from '../../../../main/training/orders/publish.ts';
import type { OrderFormat } from '../../../sandbox/cloudprinter/documents.ts';
import { writeDocument } from '../../../sandbox/cloudprinter/documents.ts';

const COVER = bytesContent(Buffer.from('%PDF-1.4\n% sample cover\n'));
const BOOK = bytesContent(Buffer.from('%PDF-1.4\n% sample book block\n'));

async function published(): Promise<PublishedOrder> {
  const order = makeOrder({
    number: 1,
    clientName: 'Fjord & Sons <Books>',
    consignor: 'Fjord',
    address: { customerIdentification: 'DK-1' },
    shippingLabel: true,
    unknownKeys: { test_order: true },
    items: [
      { product: 'book', copies: 3, content: { cover: COVER, book: BOOK }, announced: { book: { size: '30' } } },
      { product: 'poster', reorder: reorderOf(makeOrder({ number: 0 })) },
    ],
  });
  return publishOrder(
    order,
    createFileShelf(() => new Date(0)),
    'http://files.test',
  );
}

const orderSchema = z.object({ order: z.record(z.string(), z.unknown()) });

async function json(format: OrderFormat): Promise<Record<string, unknown>> {
  return orderSchema.parse(JSON.parse(writeDocument(await published(), format, 'the-key').body)).order;
}

test('JSON 2.2 has the documented fields, numbers as strings where the examples have strings', async () => {
  expect(await json('json-2.2')).toMatchObject({
    apikey: 'the-key',
    id: '900000010000',
    date: '2026-03-02 09:15:00',
    shipping_date: '2026-03-04 09:15:00',
    priority: '2',
    creator: { id: 1, version: '2.2' },
    costs: { currency: 'EUR', shipping: '6.1000' },
    shipping: { method: 'ups_international_standard', consignor: 'Fjord', invoice: { shipments: 1 } },
    addresses: [{ type: 'delivery', name: 'Ann Example', country: 'DK', 'customer identification': 'DK-1' }],
    files: [{ type: 'shipping_label', format: 'pdf', url: 'http://files.test/files/900000010000/label.pdf' }],
    items: [
      {
        id: '900000010001',
        count: '3',
        pages: '24',
        files: [
          { type: 'cover', md5sum: '0f903c1c7b7d7a27d4dd1704df9ab611', size: '24' },
          { type: 'book', md5sum: 'c1c56f3445295c7c16a9b6830dd6ceee', size: '30' },
        ],
        options: [{ option: 'pageblock_130mcs', count: '24', type: 'type_main_paper' }, {}],
      },
      {
        id: '900000010002',
        files: [{ type: 'product' }],
        reorder_cause: 'reorder_shipping_item_damaged',
        reorder_order_id: '900000000000',
        reorder_item_id: '900000000001',
      },
    ],
    test_order: true,
  });
});

test('JSON 2.1 has no costs and says its version', async () => {
  const order = await json('json-2.1');
  expect(order).toMatchObject({ creator: { version: '2.1' }, shipping_date: '2026-03-04 09:15:00' });
  expect(order).not.toHaveProperty('costs');
});

test('XML 2.1 is well-formed and repeats address, item, file and option without wrappers', async () => {
  const { body, contentType } = writeDocument(await published(), 'xml-2.1', 'the-key');
  expect(contentType).toBe('application/xml');
  const paths: string[] = [];
  const open: string[] = [];
  const texts = new Map<string, string>();
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    open.push(tag.name);
    paths.push(open.join('/'));
  });
  parser.on('text', (text) => texts.set(open.join('/'), text));
  parser.on('closetag', () => open.pop());
  parser.write(body).close();

  const count = (path: string) => paths.filter((candidate) => candidate === path).length;
  expect(count('order/item')).toBe(2);
  expect(count('order/item/file')).toBe(3);
  expect(count('order/item/option')).toBe(4);
  expect(count('order/address')).toBe(1);
  expect(paths).not.toContain('order/shipping_date');
  expect(paths.slice(0, 5)).toEqual(['order', 'order/apikey', 'order/id', 'order/date', 'order/priority']);
  expect(texts.get('order/client/name')).toBe('Fjord & Sons <Books>');
  expect(texts.get('order/item/reorder_item_id')).toBe('900000000001');
});
