import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleDocument, exampleJson, exampleKey, exampleXml, orderIn } from './example-documents.ts';

const hashOf = (document: unknown): string => orderIn(document).contentHash;

/** The same data with the fields of every object in another order. */
const shuffled = (value: unknown, seed: number): unknown => {
  if (Array.isArray(value)) return value.map((entry) => shuffled(entry, seed));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, shuffled(inner, seed)] as const);
  return Object.fromEntries(
    entries.sort(([a], [b]) => ((a.length * seed + a.charCodeAt(0)) % 17) - ((b.length * seed + b.charCodeAt(0)) % 17)),
  );
};

describe('the content hash', () => {
  it('is the same for the order written in another way', () => {
    const hash = hashOf(exampleJson);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf(JSON.stringify(exampleDocument()))).toBe(hash);
    expect(hashOf(exampleJson.replace(exampleKey, 'another key of this connection'))).toBe(hash);
    expect(hashOf(exampleJson.replace('"count": "3"', '"count": 3'))).toBe(hash);
    expect(hashOf(exampleJson.replace('"date": "2026-03-02 09:15:02"', '"date": "2026-03-02 10:15:02"'))).toBe(hash);
    fc.assert(fc.property(fc.nat(1000), (seed) => hashOf(shuffled(exampleDocument(), seed)) === hash));
  });

  it('is the same for XML with other whitespace, comments and empty elements', () => {
    const hash = hashOf(exampleXml);
    expect(hashOf(exampleXml.replaceAll(/>\s+</g, '><'))).toBe(hash);
    expect(hashOf(exampleXml.replaceAll('/>', ' />').replace('<id>9', '<!-- x --><id>\n9'))).toBe(hash);
    expect(hashOf(exampleXml.replace('<company/>', '<company></company>'))).toBe(hash);
  });

  it.each([
    ['a count', '"count": "3"', '"count": "4"'],
    ['a url', 'book.pdf', 'book-2.pdf'],
    ['an address', 'Testgade 1', 'Testgade 2'],
    ['a field that is not known', '"priority": "2"', '"priority": "2", "note": "x"'],
    ['the place of a value', '"title": "Poster"', '"desc2": "Poster"'],
  ])('is another one when %s changes', (_what, from, to) => {
    expect(exampleJson).toContain(from);
    expect(hashOf(exampleJson.replace(from, to))).not.toBe(hashOf(exampleJson));
  });

  it('heeds the order of the items', () => {
    const document = exampleDocument();
    document.order.items.reverse();
    expect(hashOf(document)).not.toBe(hashOf(exampleJson));
  });
});
