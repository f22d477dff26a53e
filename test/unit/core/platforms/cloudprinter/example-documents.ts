import type { IncomingOrder } from '../../../../../main/core/domain/incoming-order.ts';
import { createCloudprinter } from '../../../../../main/core/platforms/cloudprinter/platform.ts';
import { defaultSettings } from '../../../../../main/core/platforms/cloudprinter/settings.ts';
import type { ReadDocument } from '../../../../../main/core/platforms/platform.ts';

export const exampleKey = 'ORDERKEY0000000000000000EXAMPLE1';

/** One book and one reordered poster, in the manner of JSON 2.2. Each call gives a new object. */
export const exampleDocument = () => ({
  order: {
    apikey: exampleKey,
    id: '900000010000',
    date: '2026-03-02 09:15:00',
    priority: '2',
    shipping_date: '2026-03-04 17:00:00',
    creator: { id: 1, name: 'Cloudprinter.com', version: '2.2', date: '2026-03-02 09:15:02' },
    client: { id: 42, name: 'Fjord Books', date: '2026-03-02 09:10:00', reference: 'FB-2026-0007' },
    costs: { currency: 'EUR', shipping: '6.1000', items: '14.5000', vat: '0.0000', total: '20.6000' },
    shipping: {
      method: 'ups_international_standard',
      consignor: 'Fjord Books',
      invoice: { shipments: 1, currency: 'EUR', total: '6.1000' },
      proforma_invoice: { currency: 'EUR', total: '14.5000', weight: '412.5000' },
    },
    addresses: [
      {
        type: 'delivery',
        company: '',
        name: 'Ann Example',
        street1: 'Testgade 1',
        street2: '',
        zip: '2100',
        city: 'Kobenhavn',
        country: 'DK',
        state: '',
        email: 'ann@example.org',
        phone: '+4500000000',
        'customer identification': '',
      },
    ],
    files: [
      {
        type: 'shipping_label',
        format: 'pdf',
        url: 'https://files.example.test/900000010000/label.pdf',
        md5sum: 'b0c036a1b8950fe8fd323c8fa0a6b4b6',
        size: '24',
      },
    ],
    items: [
      {
        id: '900000010001',
        count: '3',
        title: 'Field notes',
        product: 'textbook_cw_a4_p_fc',
        desc: 'Hardcover A4 portrait, full colour',
        pages: '48',
        files: [
          {
            type: 'cover',
            format: 'pdf',
            url: 'https://files.example.test/900000010001/cover.pdf',
            md5sum: '0f903c1c7b7d7a27d4dd1704df9ab611',
            size: '24',
          },
          {
            type: 'book',
            format: 'pdf',
            url: 'https://files.example.test/900000010001/book.pdf',
            md5sum: 'c1c56f3445295c7c16a9b6830dd6ceee',
            size: '29',
          },
        ],
        options: [
          { option: 'pageblock_130mcs', desc: '130 g silk', count: '48', type: 'type_main_paper' },
          { option: 'cover_finish_gloss', desc: 'Gloss lamination', count: '1', type: 'type_book_cover_finish' },
        ],
      },
      {
        id: '900000010002',
        count: '1',
        title: 'Poster',
        product: 'poster_a3_p_fc',
        desc: 'Poster A3',
        pages: '1',
        files: [
          {
            type: 'product',
            format: 'pdf',
            url: 'https://files.example.test/900000010002/product.pdf',
            md5sum: '23fca58c548ac7b5459f951b54848c92',
            size: '25',
          },
        ],
        options: [],
        reorder_cause: 'reorder_shipping_item_damaged',
        reorder_desc: 'Tube arrived crushed.',
        reorder_order_id: '900000000000',
        reorder_item_id: '900000000001',
      },
    ],
  },
});

export const exampleJson = JSON.stringify(exampleDocument(), null, 2);

/** One poster, in the manner of XML 2.1. */
export const exampleXml = `<?xml version="1.0" encoding="UTF-8"?>
<order>
  <apikey>${exampleKey}</apikey>
  <id>900000020000</id>
  <date>2026-03-02 09:15:00</date>
  <priority>2</priority>
  <creator><id>1</id><name>Cloudprinter.com</name><version>2.1</version><date>2026-03-02 09:15:02</date></creator>
  <client><id>42</id><name>Fjord Books</name><date>2026-03-02 09:10:00</date><reference>FB-2026-0008</reference></client>
  <address>
    <company/><type>delivery</type><name>Ann Example</name><street1>Testgade 1</street1><street2/>
    <city>Kobenhavn</city><zip>2100</zip><country>DK</country><state/><email>ann@example.org</email><phone>+4500000000</phone>
  </address>
  <shipping>
    <method>ups_international_standard</method><consignor>Fjord Books</consignor>
    <invoice><shipments>1</shipments><currency>EUR</currency><total>6.1000</total></invoice>
  </shipping>
  <item>
    <id>900000020001</id><count>1</count><title>Poster</title><product>poster_a3_p_fc</product><desc>Poster A3</desc><pages>1</pages>
    <file><type>product</type><format>pdf</format><url>https://files.example.test/900000020001/product.pdf</url>
      <md5sum>23fca58c548ac7b5459f951b54848c92</md5sum><size>25</size></file>
    <option><option>paper_170mcs</option><desc>170 g silk</desc><count>1</count><type>type_main_paper</type></option>
  </item>
</order>
`;

/** The least that makes an order. */
export const leastOrder = () => ({
  apikey: exampleKey,
  id: '1',
  addresses: [{ type: 'delivery' }],
  items: [{ id: '2', files: [{ url: 'https://files.example.test/2.pdf' }] }],
});

/** Reads a body as a platform's document: text as it is, anything else as JSON. */
export const read = (document: unknown, contentType = ''): ReadDocument => {
  const body = Buffer.isBuffer(document)
    ? document
    : Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  const { documents } = createCloudprinter();
  if (documents === undefined) throw new Error('Cloudprinter reads no documents');
  return documents.read(body, contentType, defaultSettings);
};

/** The order in a document that must be a good one. */
export const orderIn = (document: unknown): IncomingOrder => {
  const result = read(document);
  if (result.kind !== 'read' || result.content.kind !== 'order') throw new Error(JSON.stringify(result));
  return result.content.order;
};

/** The one line that says why a document is no order; empty when it is one. */
export const refusal = (document: unknown): string => {
  const result = read(document);
  if (result.kind === 'unreadable') return result.message;
  return result.content.kind === 'invalid' ? result.content.message : '';
};
