import { keyGapLimitsMs, longestPrefix } from '../../stores/scanner-settings.ts';

/** Letters, digits and signs that codes are made of, those first that keyboards of other countries have elsewhere. */
export const testCode = 'Yz-Zy_Aq/Wm:0123456789';

/** A character that arrived as another one. */
export interface WrongCharacter {
  readonly expected: string;
  readonly arrived: string;
}

/** What came of the test code on its way through scanner and keyboard layout. */
export type ScanTest =
  | { readonly kind: 'otherCode' }
  | {
      readonly kind: 'arrived';
      /** What the scanner typed before and after it. */
      readonly prefix: string;
      readonly suffix: string;
      readonly wrong: readonly WrongCharacter[];
    };

/** As long as more than half of the characters are right, it is the test code. */
const fewestRight = testCode.length / 2;

const wrongAt = (arrived: string, offset: number): readonly WrongCharacter[] =>
  Array.from(testCode).flatMap((expected, index) => {
    const character = arrived.charAt(offset + index);
    return character === expected ? [] : [{ expected, arrived: character }];
  });

/** Compares what arrived with the test code. */
export const compareScan = (text: string): ScanTest => {
  const mostOffset = Math.min(longestPrefix, Math.max(0, text.length - testCode.length));
  const offsets = Array.from({ length: mostOffset + 1 }, (_, offset) => offset);
  const [best] = offsets
    .map((offset) => ({ offset, wrong: wrongAt(text, offset) }))
    .toSorted((one, other) => one.wrong.length - other.wrong.length);
  if (best === undefined || testCode.length - best.wrong.length <= fewestRight) return { kind: 'otherCode' };
  return {
    kind: 'arrived',
    prefix: text.slice(0, best.offset),
    suffix: text.slice(best.offset + testCode.length),
    wrong: best.wrong.filter(
      (one, index) => best.wrong.findIndex(({ expected }) => expected === one.expected) === index,
    ),
  };
};

/** How fast a scanner typed, in milliseconds for each key. */
export interface ScanSpeed {
  readonly medianMs: number;
  readonly slowestMs: number;
}

export const speedOf = (gapsMs: readonly number[]): ScanSpeed => {
  const sorted = gapsMs.toSorted((one, other) => one - other);
  return { medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0, slowestMs: sorted.at(-1) ?? 0 };
};

/** A busy computer holds up some keys. */
const reserve = 1.5;
const stepMs = 5;

/** The setting that this speed asks for; null for a scanner that is as slow as a person. */
export const keyGapFor = ({ slowestMs }: ScanSpeed): number | null => {
  const wantedMs = Math.ceil((slowestMs * reserve) / stepMs) * stepMs;
  if (slowestMs > keyGapLimitsMs.max) return null;
  return Math.min(Math.max(wantedMs, keyGapLimitsMs.usual), keyGapLimitsMs.max);
};
