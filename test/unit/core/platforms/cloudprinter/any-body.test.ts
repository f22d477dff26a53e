import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReadDocument } from '../../../../../main/core/platforms/platform.ts';
import { exampleJson, exampleXml, read } from './example-documents.ts';

/** Whatever comes in, the answer is an order or one clear line. */
const expectClear = (result: ReadDocument): void => {
  const line =
    result.kind === 'unreadable' ? result.message : result.content.kind === 'invalid' ? result.content.message : 'fine';
  expect(line).toMatch(/^[^\p{Cc}]{3,200}$/u);
};

const types = fc.constantFrom('', 'application/json', 'text/xml', 'text/plain; charset=x');
const runs = { numRuns: 400 } as const;

it('any bytes get an answer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), types, (bytes, type) => expectClear(read(Buffer.from(bytes), type))),
    runs,
  );
});

it('any JSON gets an answer', () => {
  const order = fc.record({
    order: fc.record({ apikey: fc.jsonValue(), id: fc.jsonValue(), items: fc.jsonValue() }, { requiredKeys: [] }),
  });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), order), (value) =>
      expectClear(read(JSON.stringify(value), 'application/json')),
    ),
    runs,
  );
});

it('an order with any value in any place gets an answer', () => {
  const places = [...exampleJson.matchAll(/"[^"]*"(?=[,\s}\]])/g)].map(
    ({ index, 0: text }) => [index, text.length] as const,
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue(), ([at, length], value) => {
      expectClear(read(`${exampleJson.slice(0, at)}${JSON.stringify(value)}${exampleJson.slice(at + length)}`));
    }),
    runs,
  );
});

it('a document that was cut, doubled or scrambled gets an answer', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('<', '&', ']]>', '<!--', '<order>', '"', '\\', '{', '\u0000'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(exampleJson, exampleXml),
      fc.nat(2000),
      fc.nat(200),
      piece,
      (document, at, length, text) => {
        expectClear(read(`${document.slice(0, at)}${text}${document.slice(at + length)}`));
      },
    ),
    { numRuns: 1000 },
  );
});
