import { describe, expect, it } from 'vitest';
import {
  exampleDocument,
  exampleJson,
  exampleKey,
  exampleXml,
  leastOrder,
  orderIn,
  read,
  refusal,
} from './example-documents.ts';

type Least = ReturnType<typeof leastOrder>;
const changed = (change: (order: Least) => object) => ({ order: change(leastOrder()) });
const withItem = (item: object) => changed((order) => ({ ...order, items: [...order.items, item] }));
const files = [{ url: 'https://files.example.test/3.pdf' }];

describe('the strict minimum, each with one line', () => {
  it.each([
    ['the document has no order', {}],
    ['the document has no order', { order: 'x' }],
    ['the order has no id', changed((order) => ({ ...order, id: undefined }))],
    ['the order has no id', changed((order) => ({ ...order, id: '  ' }))],
    ['the order has no id', changed((order) => ({ ...order, id: { x: 1 } }))],
    ['the order has an id longer than 200 characters', changed((order) => ({ ...order, id: '1'.repeat(201) }))],
    ['the order has an id of more than one line', changed((order) => ({ ...order, id: '1\n2' }))],
    ['the order has no items', changed((order) => ({ ...order, items: [] }))],
    ['the order has no items', changed((order) => ({ ...order, items: undefined }))],
    ['order.items[1] is not an object', withItem([1])],
    ['item 2 has no id', withItem({ files })],
    ['items 1 and 2 have the same id', withItem({ id: '2', files })],
    ['item 2 has no file with a url', withItem({ id: '3' })],
    ['item 2 has no file with a url', withItem({ id: '3', files: [{ type: 'cover', url: '' }] })],
    [
      'item 2 has a file with a url longer than 8192 characters',
      withItem({ id: '3', files: [{ url: 'x'.repeat(9000) }] }),
    ],
    ['item 2 has a count that is not a whole number of copies', withItem({ id: '3', files, count: 'three' })],
    ['item 2 has a count that is not a whole number of copies', withItem({ id: '3', files, count: -1 })],
    ['item 2 has a count that is not a whole number of copies', withItem({ id: '3', files, count: 0 })],
    ['item 2 has a count that is not a whole number of copies', withItem({ id: '3', files, count: 1.5 })],
    ['item 2 has a count that is not a whole number of copies', withItem({ id: '3', files, count: 1e300 })],
    ['the order has no delivery address', changed((order) => ({ ...order, addresses: undefined }))],
    ['the order has no delivery address', changed((order) => ({ ...order, addresses: [{ type: 'billing' }] }))],
    ['the apikey of the order is not a text', changed((order) => ({ ...order, apikey: [exampleKey] }))],
  ])('%s', (line, document) => {
    expect(refusal(document)).toBe(line);
  });

  it('is met by the examples', () => {
    expect([refusal(exampleJson), refusal(exampleXml), refusal({ order: leastOrder() })]).toEqual(['', '', '']);
  });

  it('is the same in XML', () => {
    expect(refusal(exampleXml.replace('<id>900000020001</id>', ''))).toBe('item 1 has no id');
    expect(refusal(exampleXml.replace(/<address>[\s\S]*<\/address>/, ''))).toBe('the order has no delivery address');
    expect(refusal('<orders/>')).toBe('the document has no order');
  });

  it('still gives the key, so that a wrong key is told before what else is wrong', () => {
    expect(read({ order: { apikey: 'other', items: 3 } })).toMatchObject({
      key: 'other',
      content: { kind: 'invalid' },
    });
    expect(read({ order: {} })).toMatchObject({ key: null });
    expect(read({ apikey: exampleKey })).toMatchObject({ key: null });
    expect(read({ order: { apikey: 12345678 } })).toMatchObject({ key: '12345678' });
  });
});

describe('what is no document', () => {
  it.each([
    ['application/json', '', 400, 'the body is empty'],
    ['', '', 400, 'the body is empty'],
    ['application/json', '[1]', 400, 'the body is not a JSON object'],
    ['text/json; charset=utf-8', 'hello', 400, 'the body is not a JSON object'],
    ['application/xml', 'hello', 400, 'the body is not XML'],
    ['text/plain', 'hello', 415, 'the body is neither JSON nor XML'],
    ['', '%PDF-1.4', 415, 'the body is neither JSON nor XML'],
    ['application/json', '{"order": {', 400, 'the body is not valid JSON (at character 12)'],
    ['application/json', '{"a":1,}', 400, 'the body is not valid JSON (at character 8)'],
    ['image/png', '{"a":"\u0000"}', 400, 'the body is not valid JSON (at character 7)'],
    ['text/xml', '<order><id>1</order>', 400, 'the XML is not well-formed (line 1)'],
    ['text/xml', '<order>', 400, 'the XML is not well-formed (line 1)'],
    ['text/xml', '<order/><order/>', 400, 'the XML is not well-formed (line 1)'],
    ['text/xml', '<order>\n&nbsp;</order>', 400, 'the XML is not well-formed (line 2)'],
    ['text/xml', '<order>\u0000</order>', 400, 'the XML is not well-formed (line 1)'],
    ['text/xml', '<?xml version="1.0" encoding="ISO-8859-1"?><order/>', 400, 'the XML is not UTF-8'],
  ])('%s %j: %d %s', (contentType, body, status, message) => {
    expect(read(body, contentType)).toEqual({ kind: 'unreadable', status, message });
  });

  it('is told by its first character, whatever the Content-Type says, and with a byte order mark', () => {
    for (const type of ['', 'text/plain', 'application/xml', 'nonsense'])
      expect(read(exampleJson, type).kind).toBe('read');
    for (const type of ['', 'application/json', 'text/xml; charset=utf-8'])
      expect(read(exampleXml, type).kind).toBe('read');
    expect(orderIn(`\ufeff${exampleJson}`).document).toBe(orderIn(exampleJson).document);
    expect(orderIn(`\ufeff\n${exampleXml.slice(exampleXml.indexOf('<order>'))}`).externalId).toBe('900000020000');
  });

  it('is not guessed at when it is not UTF-8', () => {
    const latin = Buffer.from(exampleJson.replace('Kobenhavn', 'K\u00f8benhavn'), 'latin1');
    expect(read(latin, 'application/json')).toMatchObject({ status: 400, message: 'the body is not UTF-8' });
    expect(read(Buffer.from(exampleXml, 'utf16le'), 'text/xml')).toMatchObject({ kind: 'unreadable', status: 400 });
    expect(orderIn(exampleJson.replace('Kobenhavn', 'København')).delivery?.lines).toContain('2100 København');
  });

  it('never repeats the document, which may hold the key, in its line', () => {
    for (const document of [exampleJson, exampleXml]) {
      for (let end = 1; end < document.length - 1; end += 7) {
        const result = read(`${document.slice(0, end)}${exampleKey}`);
        expect(result.kind === 'unreadable' ? result.message : '').not.toContain(exampleKey.slice(0, 6));
      }
    }
  });
});

describe('hostile documents', () => {
  it('has no use for a DTD: no entities that grow, none from outside', () => {
    const dtd = 'the XML has a DTD, which is not accepted';
    const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    expect(refusal(`<!DOCTYPE order [<!ENTITY l0 "lol">${laughs}]><order><id>&l9;</id></order>`)).toBe(dtd);
    expect(refusal('<!DOCTYPE order [<!ENTITY x SYSTEM "file:///etc/passwd">]><order><id>&x;</id></order>')).toBe(dtd);
    expect(refusal('<!DOCTYPE order SYSTEM "http://127.0.0.1:1/x.dtd"><order/>')).toBe(dtd);
  });

  it('goes 32 levels deep and no further', () => {
    const deepJson = (depth: number) => `{"order":${'{"a":'.repeat(depth - 2)}{}${'}'.repeat(depth - 2)}}`;
    const deepXml = (depth: number) => `${'<order>'.repeat(depth)}${'</order>'.repeat(depth)}`;
    expect(refusal(deepJson(32))).toBe('the order has no id');
    expect(refusal(deepJson(33))).toBe('the JSON is nested deeper than 32 levels');
    expect(refusal(`{"order":${'['.repeat(2_000_000)}`)).toBe('the JSON is nested deeper than 32 levels');
    expect(refusal(deepXml(32))).toBe('the order has no id');
    expect(refusal(deepXml(33))).toBe('the XML is nested deeper than 32 levels');
    expect(refusal('<a>'.repeat(400_000))).toBe('the XML is nested deeper than 32 levels');
  });

  it('counts values, elements, attributes, comments and long texts', () => {
    expect(refusal(`{"order":[${'1,'.repeat(60_000)}1]}`)).toBe('the JSON has more than 50000 values');
    expect(refusal(`<order>${'<a/>'.repeat(50_001)}</order>`)).toBe('the XML has more than 50000 elements');
    for (const aside of ['<?a?>', '<!---->', '<![CDATA[]]>']) {
      expect(refusal(`<order>${aside.repeat(1_001)}</order>`)).toBe(
        'the XML has more than 1000 comments, instructions and CDATA sections',
      );
    }
    const attributes = Array.from({ length: 1001 }, (_, index) => `a${index}="1"`).join(' ');
    expect(refusal(`<order ${attributes}/>`)).toBe('the XML has more than 1000 attributes');
    expect(refusal(`<order>${'&lt;'.repeat(50_001)}</order>`)).toBe('the XML has more than 50000 references');
    const nearlyTooLong = `${'x'.repeat(930_000)}${'12&amp;'.repeat(40_000)}`;
    expect(refusal(`<order><id>${nearlyTooLong}</id></order>`)).toContain('longer than 1000000 characters');
    expect(refusal(`${' '.repeat(1_500_000)}${exampleXml}`)).toBe('the XML is longer than 1500000 characters');
    const long = orderIn(exampleJson.replace('Field notes', 'x'.repeat(3_000_000))).items[0]?.title;
    expect(long).toHaveLength(10_001);
  });

  it('takes __proto__, constructor and repeated names as plain fields', () => {
    const text = exampleJson.replace(
      '"priority": "2"',
      '"__proto__": {"id": "0", "polluted": true}, "constructor": {"prototype": {"polluted": true}}, "id": "1", "id": "5"',
    );
    const order = orderIn(text);
    expect(order.externalId).toBe('5');
    expect(order.platformPriority).toBe('');
    expect(order.unknownFields.map(({ path }) => path)).toContain('order.constructor.prototype.polluted');
    expect(
      orderIn(exampleXml.replace('<priority>2</priority>', '<__proto__><x>1</x></__proto__>')).platformPriority,
    ).toBe('');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('makes texts fit to be stored: no control characters, no lone surrogates', () => {
    const document = exampleDocument();
    const [book] = document.order.items;
    if (book !== undefined) book.title = 'a\u0000b\u001b[31mc \ud800 d\ne';
    expect(orderIn(document).items[0]?.title).toBe('a b [31mc \ufffd d\ne');
    expect(refusal(exampleXml.replace('<title>', '<title>&#0;'))).toMatch(/not well-formed/);
    expect(refusal(exampleXml.replace('<title>', '<title>&#xD800;'))).toMatch(/not well-formed/);
  });

  it('survives numbers beyond measure', () => {
    const number = `1${'0'.repeat(100_000)}`;
    const text = exampleJson
      .replace('"priority": "2"', `"priority": ${number}`)
      .replace('"size": "24"', '"size": 1e400');
    const order = orderIn(text);
    expect(order.platformPriority.startsWith('1000')).toBe(true);
    expect(order.files[0]?.expectedBytes).toBeNull();
  });
});
