import { describe, expect, it } from 'vitest';
import { filled, type LineSlot, partsOf } from '../../../../main/contract/station-lines/line-template.ts';
import {
  type RecognisedLine,
  type RecognisedValue,
  recogniseLine,
} from '../../../../main/contract/station-lines/recognise-line.ts';
import {
  joinedLines,
  saying,
  stationLine,
  stationLines,
} from '../../../../main/contract/station-lines/station-lines.ts';

/** What platforms and people call things, and what may break a pattern. */
const hardTexts = [
  'plain',
  'Größe (A4).pdf',
  'a{b} [c] $1 \\d+ ^x$ | y',
  '“quoted” again, and 12 %',
  'two\nlines',
  '日本語 🖨',
  '400',
];
/** Where a line follows, a colon with a space begins it. */
const hardTextAlone = 'Error: again: 12 %';
const hardWords = ['api.example.com:8443', '[::1]:80', '$&', 'ERR_TLS(1)', 'a,b;c', '日本'];
const hardNumbers = [0, 7, 401, 1.5, 123_456_789_012];
const within = [stationLine('itemHeld'), stationLine('answered', { host: 'x.example:1', status: 503 })];

const sampleFor = ({ kind }: LineSlot, turn: number, texts: readonly string[]): string | number => {
  const of = <Value>(values: readonly Value[]): Value => {
    const value = values[turn % values.length];
    if (value === undefined) throw new Error('no values');
    return value;
  };
  if (kind === 'number') return of(hardNumbers);
  if (kind === 'word') return of(hardWords);
  return kind === 'line' ? of(within) : of(texts);
};

const plain = (value: RecognisedValue): string | number => (typeof value === 'object' ? lineOf(value) : value);
/** The line that was recognised, made again. */
const lineOf = ({ code, values }: RecognisedLine): string =>
  filled(stationLines[code], Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)])));

const templates = Object.entries(stationLines);

describe('a line of the station', () => {
  it.each(templates)('%s is known again with hard values, for what it is', (code, template) => {
    const { slots } = partsOf(template);
    const texts = slots.some(({ kind }) => kind === 'line') ? hardTexts : [...hardTexts, hardTextAlone];
    for (let turn = 0; turn < texts.length; turn += 1) {
      const values = Object.fromEntries(slots.map((slot, at) => [slot.name, sampleFor(slot, turn + at, texts)]));
      const line = filled(template, values);
      const found = recogniseLine(line);
      expect(found?.code, line).toBe(code);
      if (found === null) continue;
      const foundValues = Object.fromEntries(Object.entries(found.values).map(([name, value]) => [name, plain(value)]));
      expect(foundValues, line).toEqual(values);
    }
  });

  it('names no value twice, and stands between words that tell it from its neighbours', () => {
    for (const [code, template] of templates) {
      const { words, slots } = partsOf(template);
      expect(new Set(slots.map(({ name }) => name)).size, code).toBe(slots.length);
      expect(
        words.slice(1, -1).every((between) => between !== ''),
        `${code} has two values in a row`,
      ).toBe(true);
    }
  });

  it('is one template alone: no two say the same', () => {
    const shapes = templates.map(([, template]) => template.replaceAll(/\{\w+(:\w+)?\}/g, '{}'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it('is known within another, with somebody else’s words left as they came', () => {
    const refused = saying('keyRefused', { host: 'api.example.com', status: 401 }, 'apikey is wrong; ask us');
    const line = stationLine('about', { what: 'ItemShipped', cause: refused });
    expect(recogniseLine(line)).toEqual({
      code: 'about',
      values: {
        what: 'ItemShipped',
        cause: {
          code: 'keyRefusedSaying',
          values: { host: 'api.example.com', status: 401, said: 'apikey is wrong; ask us' },
        },
      },
    });
  });

  it('is known when several are one', () => {
    const reasons = [
      stationLine('takesNo', { role: 'cover' }),
      stationLine('takesPages', { least: 2, most: 8, pages: 9 }),
    ];
    expect(recogniseLine(joinedLines(reasons))?.code).toBe('both');
    expect(joinedLines(reasons)).toBe('it takes no cover; it takes 2 to 8 pages, this has 9');
  });
});

describe('somebody else’s words', () => {
  it.each([
    'item is unknown to this site',
    'Error: the order is closed; ask again',
    'Invalid payload (see manual)',
    'a: b: c: d: e: f: g: h',
    '',
    'x'.repeat(20_000),
  ])('are not taken for a line of ours: %.40s', (words) => {
    expect(recogniseLine(words)).toBeNull();
  });
});
