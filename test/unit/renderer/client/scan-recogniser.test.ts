import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KeyVerdict, ScanRecogniser } from '../../../../renderer/client/scan-recogniser.ts';

const settings = { prefix: '', keyGapMs: 30 };

/** A keyboard with a clock of its own. */
const keyboard = (changes: Partial<typeof settings> = {}) => {
  const recogniser = new ScanRecogniser({ ...settings, ...changes });
  let atMs = 10_000;
  const press = (key: string, gapMs: number): KeyVerdict => {
    atMs += gapMs;
    return recogniser.press({ key, atMs });
  };
  return {
    press,
    /** Types a text and answers the verdict of its last key. */
    type: (text: string, gapMs: number, end = ''): KeyVerdict => {
      let verdict: KeyVerdict = { kind: 'other' };
      for (const key of [...Array.from(text), ...(end === '' ? [] : [end])]) verdict = press(key, gapMs);
      return verdict;
    },
    wait: (pauseMs: number) => recogniser.pause(atMs + pauseMs),
    rest: (pauseMs: number) => {
      atMs += pauseMs;
    },
  };
};

const code = fc.string({
  unit: fc.constantFrom(...Array.from('ABCXYZabcxyz0123456789-/:._')),
  minLength: 4,
  maxLength: 40,
});
const scannerGap = fc.integer({ min: 0, max: 30 });
const handGap = fc.integer({ min: 31, max: 2_000 });

test('every code that a scanner types and ends is recognised as it is', () => {
  fc.assert(
    fc.property(
      code,
      fc.array(scannerGap, { minLength: 41, maxLength: 41 }),
      fc.constantFrom('Enter', 'Tab'),
      (text, gaps, end) => {
        const keys = keyboard();
        keys.rest(1_000);
        for (const [index, key] of Array.from(text).entries()) {
          expect(keys.press(key, gaps[index] ?? 0).kind).toBe(index === 0 ? 'first' : 'more');
        }
        expect(keys.press(end, gaps[40] ?? 0)).toMatchObject({ kind: 'scan', scan: { text, end } });
      },
    ),
  );
});

test('what a person types is never a scan, however it ends', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...Array.from('abcP0 1')), handGap), { maxLength: 30 }), (typed) => {
      const keys = keyboard();
      for (const [key, gap] of typed) expect(keys.press(key, gap).kind).toBe('first');
      expect(keys.press('Enter', 10).kind).toBe('other');
      expect(keys.wait(5_000)).toBeNull();
    }),
  );
});

test('a scan in the middle of typing leaves out what was typed before and after it', () => {
  fc.assert(
    fc.property(code, code, fc.integer({ min: 31, max: 400 }), (typed, scanned, gap) => {
      const keys = keyboard();
      keys.type(typed, gap);
      keys.rest(gap);
      expect(keys.type(scanned, 5, 'Enter')).toMatchObject({ kind: 'scan', scan: { text: scanned } });
      expect(keys.press('x', 1).kind).toBe('first');
    }),
  );
});

test('two or three keys that slip under the hand at once are a person’s', () => {
  const keys = keyboard();
  expect(keys.type('the', 12, 'Enter').kind).toBe('other');
  expect(keys.type('the', 12)).toMatchObject({ kind: 'more', sure: false });
  expect(keys.press('n', 12)).toEqual({ kind: 'more', sure: true, typed: 'then' });
});

test('a scanner that ends with nothing is understood after a pause, and a short run is not', () => {
  const keys = keyboard();
  keys.type('P00016', 10);
  expect(keys.wait(100)).toBeNull();
  expect(keys.wait(151)).toMatchObject({ text: 'P00016', end: 'pause' });
  expect(keys.wait(5_000)).toBeNull();
  keys.rest(1_000);
  keys.type('P0001', 10);
  expect(keys.wait(151)).toBeNull();
});

test('a busy computer may hold up a scanner once it is surely one, and a person not', () => {
  const keys = keyboard();
  keys.type('1Z999', 8);
  expect(keys.press('A', 140)).toMatchObject({ kind: 'more', sure: true });
  expect(keys.type('A10', 8, 'Enter')).toMatchObject({ kind: 'scan', scan: { text: '1Z999AA10' } });
  keys.type('ab', 8);
  expect(keys.press('c', 140).kind).toBe('first');
});

test('the prefix tells a scan, is no part of the code, and lets short codes be codes', () => {
  const keys = keyboard({ prefix: ']C1' });
  expect(keys.type(']C1P00016', 10, 'Enter')).toMatchObject({ kind: 'scan', scan: { text: 'P00016' } });
  expect(keys.type(']C17', 10, 'Enter')).toMatchObject({ kind: 'scan', scan: { text: '7' } });
  expect(keys.type('P00016', 10, 'Enter').kind).toBe('other');
  expect(keys.type(']C1', 10, 'Enter').kind).toBe('other');
});

test('any other key ends the run: an arrow, or rubbing out', () => {
  const keys = keyboard();
  keys.type('P000', 10);
  expect(keys.press('Backspace', 10).kind).toBe('other');
  expect(keys.type('16', 10, 'Enter').kind).toBe('other');
});

test('the pauses between the keys are told, for whoever sets up the scanner', () => {
  const keys = keyboard();
  keys.type('abc', 7);
  keys.press('d', 9);
  expect(keys.press('Enter', 20)).toMatchObject({ kind: 'scan', scan: { gapsMs: [7, 7, 9] } });
});
