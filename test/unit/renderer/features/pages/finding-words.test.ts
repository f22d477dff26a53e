import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { findingLevels } from '../../../../../main/contract/inspection.ts';
import en from '../../../../../renderer/i18n/en.json' with { type: 'json' };

const preflight = join(import.meta.dirname, '../../../../../main/core/preflight');

/** The levels that a finding can have; the keys are all codes that the preflight knows. */
const known: Readonly<Record<string, readonly (typeof findingLevels)[number][]>> = {
  pageCount: ['ok', 'mismatch'],
  trimSize: ['ok', 'mismatch'],
  pageSize: ['ok', 'mismatch'],
  orientation: ['mismatch'],
  coverTrim: ['ok', 'mismatch'],
  coverSize: ['ok', 'mismatch'],
  pageSizes: ['attention'],
  bleed: ['ok', 'attention'],
  fonts: ['ok', 'attention'],
  standardFonts: ['attention'],
  encrypted: ['attention', 'mismatch'],
  damaged: ['attention', 'mismatch'],
  tooLarge: ['attention'],
  gone: ['attention'],
  tookTooLong: ['attention'],
  stopped: ['attention'],
};

test('whatever is found in a file has its words', () => {
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = en.finding;
  for (const [code, levels] of Object.entries(known)) {
    const found = Object.keys(words[code] ?? {}).map((key) => key.replace(/_(one|other)$/, ''));
    expect([code, new Set(found)]).toEqual([code, new Set(levels)]);
  }
  expect(Object.keys(words).toSorted()).toEqual(Object.keys(known).toSorted());
});

test('no code of the preflight is missing here', async () => {
  const names = await readdir(preflight);
  const texts = await Promise.all(names.map((name) => readFile(join(preflight, name), 'utf8')));
  const named = texts.flatMap((text) => [...text.matchAll(/\bfinding\(\s*'(\w+)'/g)].map(([, code]) => code ?? ''));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((code) => !(code in known))).toEqual([]);
});
