import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleDocument, exampleJson, exampleKey, exampleXml, orderIn, read } from './example-documents.ts';

const jsonEscaped = (text: string): string =>
  text
    .split('')
    .map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
const xmlEscaped = (text: string): string =>
  text
    .split('')
    .map(
      (character, index) =>
        `&#${index % 2 === 0 ? '' : 'x'}${character.charCodeAt(0).toString(index % 2 === 0 ? 10 : 16)};`,
    )
    .join('');

/** Everything that is kept of an order. */
const kept = (document: unknown): string => JSON.stringify(orderIn(document));

describe('the key of an order document', () => {
  it('is masked in JSON, however it is escaped and however often it stands there', () => {
    const escaped = jsonEscaped(exampleKey);
    const written = [
      exampleJson.replace(exampleKey, escaped),
      exampleJson.replace('"apikey"', `"${jsonEscaped('apikey')}"`),
      exampleJson.replace('"apikey":', `"apikey" : "${escaped}",\n"apikey"\t:`),
      exampleJson.replace(
        '"priority": "2"',
        `"note": "key ${escaped} here", "${escaped}": {"ApiKey": "${exampleKey}"}`,
      ),
    ];
    for (const document of written) {
      expect(read(document)).toMatchObject({ key: exampleKey });
      expect(kept(document)).not.toContain(exampleKey);
      const { document: stored } = orderIn(document);
      expect(stored).not.toContain(escaped);
      expect(JSON.stringify(JSON.parse(stored))).not.toContain(exampleKey);
    }
  });

  it('is masked in XML, in references, CDATA, comments and attributes', () => {
    const escaped = xmlEscaped(exampleKey);
    const half = exampleKey.length / 2;
    const [left, right] = [exampleKey.slice(0, half), exampleKey.slice(half)];
    const inElement = (inner: string) => exampleXml.replace(`>${exampleKey}<`, `>${inner}<`);
    const written = [
      inElement(escaped),
      inElement(`\n  <![CDATA[${exampleKey}]]>\n`),
      inElement(`${left}<!-- between -->${right}`),
      inElement(`${left}<?between?><![CDATA[${right}]]>`),
      exampleXml.replace('<priority>2', `<!-- ${exampleKey} --><note>${left}<![CDATA[${right}]]></note><priority>2`),
      exampleXml.replace('<priority>', `<priority apikey="${escaped}">`),
      exampleXml.replace('<priority>', `<priority note="x ${escaped}">`),
      exampleXml.replace('<order>', `<?note ${exampleKey}?><order xmlns:x="y">`),
    ];
    for (const document of written) {
      expect(read(document)).toMatchObject({ key: exampleKey });
      expect(kept(document)).not.toContain(exampleKey);
      const { document: stored } = orderIn(document);
      for (const form of [exampleKey, escaped, left, right]) expect(stored).not.toContain(form);
      expect(orderIn(stored).items).toEqual(orderIn(exampleXml).items);
    }
  });

  it('is masked whatever it is made of', () => {
    const key = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(key, fc.boolean(), (text, spaced) => {
        const document = exampleDocument();
        document.order.apikey = text;
        const { document: stored } = orderIn(JSON.stringify(document, null, spaced ? 2 : 0));
        const parsed: unknown = JSON.parse(stored);
        expect(parsed).toHaveProperty('order.apikey', '***');
        if (text.trim().length >= 8)
          expect(JSON.stringify(parsed)).not.toContain(JSON.stringify(text.trim()).slice(1, -1));
      }),
      { numRuns: 300 },
    );
  });

  it('may be a number', () => {
    const document = exampleJson.replace(`"${exampleKey}"`, '123456789012345678901');
    expect(read(document)).toMatchObject({ key: '123456789012345678901' });
    expect(kept(document)).not.toContain('123456789012345678901');
    expect(orderIn(document).document).toContain('"apikey": "***"');
  });

  it('does not damage the document where a short one happens to stand', () => {
    const document = exampleJson.replace(exampleKey, 'pdf');
    expect(orderIn(document).document).toBe(exampleJson.replace(exampleKey, '***'));
    expect(orderIn(document).items[0]?.files[0]?.format).toBe('pdf');
  });
});
