import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemCode, itemOfCode } from '../../../../../renderer/features/print/item-code.ts';

const ids = fc.integer({ min: 1, max: 40_000_000 });
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');

test('a code is short, in one alphabet, and begins with P', () => {
  expect(itemCode(1)).toMatch(/^P0001.$/);
  expect(itemCode(1_048_576)).toMatch(/^P10000.$/);
  fc.assert(
    fc.property(ids, (id) => {
      expect(itemCode(id)).toMatch(/^P[0-9A-HJKMNP-TV-Z]{5,7}$/);
    }),
  );
});

test('reading a code gives the item that it was made for', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (id) => itemOfCode(itemCode(id)) === id));
});

test('one character that was misread is always found', () => {
  fc.assert(
    fc.property(ids, fc.nat(), fc.constantFrom(...alphabet), (id, at, other) => {
      const code = itemCode(id);
      const place = 1 + (at % (code.length - 1));
      if (code[place] === other) return;
      expect(itemOfCode(code.slice(0, place) + other + code.slice(place + 1))).toBeNull();
    }),
  );
});

test('two characters that changed places are always found', () => {
  fc.assert(
    fc.property(ids, fc.nat(), fc.nat(), (id, one, other) => {
      const code = Array.from(itemCode(id));
      const [from, to] = [1 + (one % (code.length - 1)), 1 + (other % (code.length - 1))];
      const swapped = code.with(from, code[to] ?? '').with(to, code[from] ?? '');
      if (code[from] === code[to]) return;
      expect(itemOfCode(swapped.join(''))).toBeNull();
    }),
  );
});

test('a code may be typed as it is read: small letters, O for 0, I and L for 1', () => {
  expect(itemCode(33)).toBe('P00116');
  expect(itemOfCode(' pool16\n')).toBe(33);
  expect(itemOfCode('p00ii6')).toBe(33);
});

test.each(['', 'P', 'P0', 'P000', 'X00116', '00116', 'P0011', 'P001166', '1ZTEST000000000001', 'P00000', 'P00!16'])(
  'what is no code names no item: %s',
  (text) => {
    expect(itemOfCode(text)).toBeNull();
  },
);
