import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import da from '../../../../renderer/i18n/da.json' with { type: 'json' };
import de from '../../../../renderer/i18n/de.json' with { type: 'json' };
import en from '../../../../renderer/i18n/en.json' with { type: 'json' };
import fr from '../../../../renderer/i18n/fr.json' with { type: 'json' };
import { languages } from '../../../../renderer/i18n/languages.ts';
import nl from '../../../../renderer/i18n/nl.json' with { type: 'json' };
import { flatWords } from './flat-words.ts';

const english = new Map(flatWords(en));
const catalogues = { de, nl, da, fr };

/** Names and signs that are the same everywhere. */
const sameEverywhere = ['', 'Platen', 'Kodak Prinergy', 'PDF', 'PNG', 'JPG', 'ms', 'mm'];
/** Words that a language shares with English. */
const shared: Readonly<Record<keyof typeof catalogues, readonly string[]>> = {
  de: ['Download', 'Job', 'Jobs', 'Name', 'PIN', 'Port', 'Problem', 'Scanner'],
  nl: [
    ...[
      'Budget',
      'Download',
      'Intake',
      'Job',
      'Jobs',
      'Later',
      'Operator',
      'Order',
      'Orders',
      'Product',
      'Project',
      'Scanner',
      'Scopes',
    ],
    ...['Station', 'Status', 'Storefront', 'Tracking', 'deadline', 'offline', 'open', 'open order', 'open orders'],
    ...['Volume', 'order', 'orders'],
  ],
  da: [
    ...['Bleed mm', 'Budget', 'Client secret', 'Download', 'Job', 'PIN', 'Pause', 'Port', 'Problem', 'Reference'],
    ...[
      'Scanner',
      'Scopes',
      'Station',
      'Status',
      'Storefront',
      'Test',
      'Tolerance mm',
      'Version',
      'bleed mm',
      'offline',
    ],
    ...['problem', 'signal'],
  ],
  fr: [
    ...['Budget', 'Cause', 'Client secret', 'Description', 'Documents', 'Job', 'Jobs', 'Notes', 'Options', 'PIN'],
    ...['Page mm', 'Pages', 'Pause', 'Port', 'Station', 'Version', 'h min', 'page', 'page mm', 'pages', 'signal'],
    ...['Attention', 'Volume'],
  ],
};

/** What stands in a line besides its values and signs. */
const bareWords = (line: string): string =>
  line
    .replaceAll(/\{\{\w+\}\}/g, ' ')
    .replaceAll(/[^\p{Letter}\s]/gu, ' ')
    .trim()
    .replaceAll(/\s+/g, ' ');

/** What a line is filled with: values, and other lines that it quotes. */
const slots = (line: string | undefined): readonly string[] =>
  (line?.match(/\{\{[^}]+\}\}|\$t\([^)]*\)/g) ?? []).toSorted();

test('each language of the screens has its catalogue, and each catalogue its language', async () => {
  const files = await readdir(join(import.meta.dirname, '../../../../renderer/i18n'));
  const found = files.filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', ''));
  expect(found.toSorted()).toEqual(languages.toSorted());
});

describe.each(Object.entries(catalogues))('%s', (language, catalogue) => {
  const words = new Map(flatWords(catalogue));

  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  /** English's key for a form of a word that English itself does not have. */
  const englishKey = (key: string): string => (english.has(key) ? key : key.replace(/_\w+$/, '_other'));

  test('says all that English says, in each form that its numbers need, and nothing else', () => {
    const needed = [...english.keys()].flatMap((key) =>
      key.endsWith('_other') ? forms.map((form) => key.replace(/_other$/, `_${form}`)) : [key],
    );
    expect({
      missing: needed.filter((key) => !words.has(key)),
      unknown: [...words.keys()].filter((key) => !needed.includes(key)),
      empty: [...words].filter(([, line]) => line.trim() === ''),
    }).toEqual({ missing: [], unknown: [], empty: [] });
  });

  test('fills each line with the same values as English', () => {
    const different = [...words].filter(
      ([key, line]) => slots(line).join() !== slots(english.get(englishKey(key))).join(),
    );
    expect(different).toEqual([]);
  });

  test('is translated: only the words that it shares with English are the same', () => {
    const same = [...words].filter(([key, line]) => line === english.get(key)).map(([, line]) => bareWords(line));
    const allowed: readonly string[] = shared[language as keyof typeof catalogues];
    const untranslated = same.filter((line) => !sameEverywhere.includes(line) && !allowed.includes(line));
    expect([...new Set(untranslated)], 'not translated').toEqual([]);
    expect(
      allowed.filter((line) => !same.includes(line)),
      'translated, so not to be excused',
    ).toEqual([]);
  });
});
