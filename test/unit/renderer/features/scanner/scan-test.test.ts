import { expect, test } from 'vitest';
import { compareScan, keyGapFor, speedOf, testCode } from '../../../../../renderer/features/scanner/scan-test.ts';

test('what arrives whole is right, with what the scanner adds to it', () => {
  expect(compareScan(testCode)).toEqual({ kind: 'arrived', prefix: '', suffix: '', wrong: [] });
  expect(compareScan(`]C1${testCode}#`)).toEqual({ kind: 'arrived', prefix: ']C1', suffix: '#', wrong: [] });
});

test('a scanner with an American keyboard on a German computer swaps y and z, and makes ß of a hyphen', () => {
  const onGerman = testCode.replace(
    /[yzYZ_/:-]/g,
    (key) => ({ y: 'z', z: 'y', Y: 'Z', Z: 'Y', '-': 'ß', _: '?', '/': '-', ':': 'Ö' })[key] ?? key,
  );
  expect(compareScan(`~${onGerman}`)).toEqual({
    kind: 'arrived',
    prefix: '~',
    suffix: '',
    wrong: [
      { expected: 'Y', arrived: 'Z' },
      { expected: 'z', arrived: 'y' },
      { expected: '-', arrived: 'ß' },
      { expected: 'Z', arrived: 'Y' },
      { expected: 'y', arrived: 'z' },
      { expected: '_', arrived: '?' },
      { expected: '/', arrived: '-' },
      { expected: ':', arrived: 'Ö' },
    ],
  });
});

test('another code is not mistaken for the test code', () => {
  expect(compareScan('P00016')).toEqual({ kind: 'otherCode' });
  expect(compareScan('9'.repeat(testCode.length + 4))).toEqual({ kind: 'otherCode' });
});

test('the speed that is offered leaves a reserve, and a scanner as slow as a person gets none', () => {
  expect(speedOf([4, 9, 5, 5])).toEqual({ medianMs: 5, slowestMs: 9 });
  expect(keyGapFor({ medianMs: 5, slowestMs: 9 })).toBe(30);
  expect(keyGapFor({ medianMs: 20, slowestMs: 33 })).toBe(50);
  expect(keyGapFor({ medianMs: 60, slowestMs: 75 })).toBe(80);
  expect(keyGapFor({ medianMs: 90, slowestMs: 120 })).toBeNull();
});
