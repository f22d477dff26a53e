import { describe, expect, it } from 'vitest';
import { createCloudprinter } from '../../../../../main/core/platforms/cloudprinter/platform.ts';
import {
  exampleDocument,
  exampleJson,
  exampleKey,
  exampleXml,
  leastOrder,
  orderIn,
  read,
} from './example-documents.ts';

describe('an order in JSON 2.2', () => {
  it('comes over with items, files, options, reorder lineage, address and ship-by', () => {
    const order = orderIn(exampleJson);
    expect(order).toMatchObject({
      externalId: '900000010000',
      customer: 'Fjord Books',
      reference: 'FB-2026-0007',
      platformPriority: '2',
      shippingMethod: 'ups_international_standard',
      consignor: 'Fjord Books',
      shipByMs: Date.parse('2026-03-04T17:00:00Z'),
      documentFormat: 'json 2.2',
      unknownFields: [],
      delivery: {
        name: 'Ann Example',
        lines: ['Testgade 1', '2100 Kobenhavn'],
        country: 'DK',
        email: 'ann@example.org',
      },
      files: [{ role: 'shippingLabel', expectedBytes: 24 }],
    });
    const [book, poster] = order.items;
    expect(book).toMatchObject({
      externalId: '900000010001',
      title: 'Field notes',
      product: 'textbook_cw_a4_p_fc',
      copies: 3,
      pages: 48,
      reorder: null,
      files: [
        { role: 'cover', format: 'pdf', expectedBytes: 24, expectedMd5: '0f903c1c7b7d7a27d4dd1704df9ab611' },
        { role: 'bookBlock', url: 'https://files.example.test/900000010001/book.pdf', expectedBytes: 29 },
      ],
      options: [
        { code: 'pageblock_130mcs', description: '130 g silk', count: '48', type: 'type_main_paper' },
        { code: 'cover_finish_gloss', description: 'Gloss lamination', count: '1', type: 'type_book_cover_finish' },
      ],
    });
    expect(poster?.files.map((file) => file.role)).toEqual(['product']);
    expect(poster?.reorder).toEqual({
      cause: 'reorder_shipping_item_damaged',
      description: 'Tube arrived crushed.',
      originalOrder: '900000000000',
      originalItem: '900000000001',
    });
  });

  it('gives its key to who asked, and keeps its own text but for the key', () => {
    expect(read(exampleJson)).toMatchObject({ kind: 'read', key: exampleKey });
    expect(orderIn(exampleJson).document).toBe(exampleJson.replace(exampleKey, '***'));
  });

  it('may write numbers as numbers, also those that a double cannot hold', () => {
    const text = JSON.stringify({ order: { ...leastOrder(), id: '#' } }).replace('"#"', '900000010000000000001234');
    expect(orderIn(text).externalId).toBe('900000010000000000001234');
    const [item] = leastOrder().items;
    const items = [{ ...item, id: 7, count: 12, pages: 8, files: [{ url: 'u', size: 5, md5sum: 'A'.repeat(32) }] }];
    expect(orderIn({ order: { ...leastOrder(), items } }).items[0]).toMatchObject({
      externalId: '7',
      copies: 12,
      pages: 8,
      files: [{ role: 'unknown', expectedBytes: 5, expectedMd5: 'a'.repeat(32) }],
    });
  });
});

/** What XML repeats for each list of the JSON. */
const singular: Readonly<Record<string, string>> = {
  addresses: 'address',
  files: 'file',
  items: 'item',
  options: 'option',
};

describe('an order in XML 2.1', () => {
  it('comes over with repeated elements instead of lists', () => {
    expect(orderIn(exampleXml)).toMatchObject({
      externalId: '900000020000',
      reference: 'FB-2026-0008',
      documentFormat: 'xml 2.1',
      shipByMs: null,
      unknownFields: [],
      delivery: { name: 'Ann Example', company: '', lines: ['Testgade 1', '2100 Kobenhavn'] },
      items: [
        {
          externalId: '900000020001',
          copies: 1,
          files: [{ role: 'product', expectedBytes: 25, expectedMd5: '23fca58c548ac7b5459f951b54848c92' }],
          options: [{ code: 'paper_170mcs', description: '170 g silk', count: '1', type: 'type_main_paper' }],
        },
      ],
    });
    expect(orderIn(exampleXml).document).toBe(exampleXml.replace(exampleKey, '***'));
  });

  it('is the same order with wrappers around its lists, several items, and prefixes', () => {
    const bare = orderIn(exampleXml);
    const item = /<item>[\s\S]*<\/item>/.exec(exampleXml)?.[0] ?? '';
    const wrapped = exampleXml
      .replace('<file>', '<files><file>')
      .replace('</file>', '</file></files>')
      .replace('<option><option>', '<options><option><option>')
      .replace('</type></option>', '</type></option></options>')
      .replace('<item>', '<items><item>')
      .replace('</item>', '</item></items>')
      .replace('<address>', '<addresses><address>')
      .replace('</address>', '</address></addresses>');
    expect(orderIn(wrapped)).toMatchObject({
      items: bare.items,
      delivery: bare.delivery,
      contentHash: bare.contentHash,
    });

    const three = exampleXml.replace(item, [1, 2, 3].map((n) => item.replace('020001', `02000${n}`)).join('\n'));
    expect(orderIn(three).items.map(({ externalId }) => externalId.slice(-1))).toEqual(['1', '2', '3']);
    expect(orderIn(exampleXml.replaceAll(/<(\/?)([a-z])/g, '<$1cp:$2')).items).toEqual(bare.items);
  });

  it('says the same as its JSON twin', () => {
    const json = orderIn(exampleJson);
    const xmlOf = (name: string, value: unknown): string => {
      if (Array.isArray(value)) return value.map((entry) => xmlOf(singular[name] ?? name, entry)).join('');
      const inner =
        typeof value === 'object' && value !== null
          ? Object.entries(value)
              .map(([field, each]) => xmlOf(field.replace(' ', '_'), each))
              .join('')
          : String(value);
      return `<${name}>${inner}</${name}>`;
    };
    const xml = orderIn(xmlOf('order', exampleDocument().order));
    expect({ ...xml, document: '', documentFormat: '' }).toEqual({ ...json, document: '', documentFormat: '' });
  });

  it('knows the five entities of XML, CDATA and character references', () => {
    const titled = (title: string) => orderIn(exampleXml.replace('<title>Poster', `<title>${title}`)).items[0]?.title;
    expect(titled('A &amp; B &lt;&#x263a;&#233;')).toBe('A & B <☺é');
    expect(titled('<![CDATA[<b>&amp;]]> x')).toBe('<b>&amp; x');
    expect(titled('one<!-- no --> two')).toBe('one two');
  });
});

describe('a tolerant reader', () => {
  it('takes the least that makes an order', () => {
    expect(orderIn({ order: leastOrder() })).toMatchObject({
      externalId: '1',
      customer: '',
      shipByMs: null,
      documentFormat: 'json',
      items: [{ externalId: '2', title: '', copies: 1, pages: null, options: [], reorder: null }],
      unknownFields: [],
    });
  });

  it('keeps what it does not know, and what it could not understand, as path and value', () => {
    const document = exampleDocument();
    const [book] = document.order.items;
    Object.assign(document.order, { test_order: true, extra: { deep: [1, { note: 'x' }] }, shipping_date: 'soon' });
    Object.assign(book ?? {}, { pages: 'many', gift: 'yes' });
    Object.assign(document.order.addresses[0] ?? {}, { 'customer identification': 'DK-7' });
    expect(orderIn(document)).toMatchObject({ shipByMs: null, items: [{ pages: null }, {}] });
    expect(orderIn(document).unknownFields).toEqual([
      { path: 'order.shipping_date', value: 'soon' },
      { path: 'order.items[0].pages', value: 'many' },
      { path: 'order.addresses[0].customer identification', value: 'DK-7' },
      { path: 'order.items[0].gift', value: 'yes' },
      { path: 'order.test_order', value: 'true' },
      { path: 'order.extra.deep[0]', value: '1' },
      { path: 'order.extra.deep[1].note', value: 'x' },
    ]);
    const xml = exampleXml.replace('<state/>', '<state/><customer_identification>DK-7</customer_identification>');
    expect(orderIn(xml).unknownFields).toEqual([{ path: 'order.addresses[0].customer identification', value: 'DK-7' }]);
    expect(orderIn(exampleXml.replace('<order>', '<order test="1">')).unknownFields).toEqual([
      { path: 'order@test', value: '1' },
    ]);
  });

  it('keeps no more than a hundred unknown fields, and says so', () => {
    const extra = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 'y'.repeat(1000)]));
    const { unknownFields } = orderIn({ order: { ...leastOrder(), ...extra } });
    expect(unknownFields).toHaveLength(101);
    expect(unknownFields.at(-1)).toEqual({ path: '…', value: 'there are more' });
    expect(unknownFields[0]?.value).toHaveLength(200);
  });

  it('leaves roles and formats that it does not know to the operator', () => {
    const order = leastOrder();
    order.items[0]?.files.push({ url: 'v', type: 'Endpaper', format: 'ZIP' } as { url: string });
    expect(orderIn({ order }).items[0]?.files[1]).toMatchObject({ role: 'Endpaper', format: 'zip' });
  });

  it('keeps an incomplete file beside a complete one, so that it is seen', () => {
    const order = leastOrder();
    order.items[0]?.files.push({ url: '', type: 'cover' } as { url: string });
    expect(orderIn({ order }).items[0]?.files.map(({ role, url }) => [role, url])).toEqual([
      ['unknown', 'https://files.example.test/2.pdf'],
      ['cover', ''],
    ]);
  });

  it('takes an only address without a type for the delivery address, and finds it among several', () => {
    expect(orderIn({ order: { ...leastOrder(), addresses: { name: 'Ann' } } }).delivery?.name).toBe('Ann');
    const addresses = [
      { type: 'billing', name: 'Bill' },
      { type: 'Delivery', name: 'Dell' },
    ];
    expect(orderIn({ order: { ...leastOrder(), addresses } }).delivery?.name).toBe('Dell');
  });

  it('reads dates in the zone of the connection, across the change of the clocks', () => {
    const { documents, settingsSchema } = createCloudprinter();
    if (documents === undefined) throw new Error('Cloudprinter reads no documents');
    const settings = settingsSchema.parse({ timeZone: 'Europe/Copenhagen' });
    const shipBy = (date: string) => {
      const body = Buffer.from(JSON.stringify({ order: { ...leastOrder(), shipping_date: date } }));
      const result = documents.read(body, '', settings);
      const order = result.kind === 'read' && result.content.kind === 'order' ? result.content.order : null;
      return order?.shipByMs == null ? null : new Date(order.shipByMs).toISOString();
    };
    expect(shipBy('2026-01-15 17:00:00')).toBe('2026-01-15T16:00:00.000Z');
    expect(shipBy('2026-07-15 17:00:00')).toBe('2026-07-15T15:00:00.000Z');
    expect(shipBy('2026-03-29 01:59:59')).toBe('2026-03-29T00:59:59.000Z');
    expect(shipBy('2026-03-29 02:30:00')).toBe('2026-03-29T01:30:00.000Z'); // does not exist
    expect(shipBy('2026-03-29 03:00:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(shipBy('2026-10-25 02:30:00')).toBe('2026-10-25T00:30:00.000Z'); // exists twice
    expect(shipBy('2026-10-25 03:00:00')).toBe('2026-10-25T02:00:00.000Z');
    expect(shipBy('2026-07-15T17:00:00+05:30')).toBe('2026-07-15T11:30:00.000Z');
    expect(shipBy('2026-02-30 12:00:00')).toBeNull();
    expect(shipBy('2026-02-28 25:00:00')).toBeNull();
  });
});
