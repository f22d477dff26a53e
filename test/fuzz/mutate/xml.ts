import fc from 'fast-check';
import { nastyText } from './nasty-texts.ts';

const markup: readonly string[] = [
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<!DOCTYPE order [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
  '&b;',
  '&#0;',
  '&#xD800;',
  '&#x110000;',
  '&amp;'.repeat(3_000),
  '<?xml version="1.1" encoding="UTF-16"?>',
  '<?x ?>',
  '<order>',
  '</order>',
  '<items><item/></items>',
  '<x:y:z xmlns:x="a"/>',
  '<__proto__>1</__proto__>',
  '<constructor/>',
  '<a a="1" a="2"/>',
  `<a ${Array.from({ length: 1_200 }, (_, number) => `b${number}="1"`).join(' ')}/>`,
  '<a>'.repeat(40),
  '<a>'.repeat(60_000),
  `${'<a>'.repeat(30_000)}${'</a>'.repeat(30_000)}`,
];

type Change =
  | { readonly kind: 'delete' | 'double' | 'swap' | 'many'; readonly at: number }
  | { readonly kind: 'insert' | 'replace'; readonly at: number; readonly text: string };

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('delete' as const, 'double' as const, 'swap' as const, 'many' as const),
    at: share,
  }),
  fc.record({
    kind: fc.constantFrom('insert' as const, 'replace' as const),
    at: share,
    text: fc.oneof(fc.constantFrom(...markup), nastyText, nastyText.map(escaped)),
  }),
);

const changed = (pieces: readonly string[], what: Change): readonly string[] => {
  const at = Math.floor(what.at * pieces.length);
  const piece = pieces[at] ?? '';
  switch (what.kind) {
    case 'delete':
      return pieces.toSpliced(at, 1);
    case 'double':
      return pieces.toSpliced(at, 0, piece);
    case 'many':
      return pieces.toSpliced(at, 0, piece.repeat(Math.min(200, Math.ceil(1_000_000 / (piece.length + 1)))));
    case 'swap':
      return pieces.toSpliced(at, 2, pieces[at + 1] ?? '', piece);
    case 'insert':
      return pieces.toSpliced(at, 0, what.text);
    case 'replace':
      return pieces.toSpliced(at, 1, what.text);
  }
};

/** XML that was well-formed before something happened to its tags and texts. */
export const mutatedXml = (sample: string): fc.Arbitrary<string> => {
  const pieces = sample.split(/(<[^>]*>)/u).filter((piece) => piece !== '');
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce<readonly string[]>(changed, pieces).join(''));
};
