import i18next from 'i18next';
import { beforeEach, expect, test } from 'vitest';
import type { KeptText } from '../../../../renderer/client/kept-text.ts';
import { startI18n } from '../../../../renderer/i18n/i18n.ts';
import { languageOf, localeOf, preferredLanguage } from '../../../../renderer/i18n/languages.ts';

const page = { lang: '' };
const spoken: string[] = [];
const onSpoken = (locale: string): void => {
  spoken.push(locale);
};
const memory = (kept: string | null = null): KeptText & { kept: string | null } => ({
  kept,
  read() {
    return this.kept;
  },
  write(language) {
    this.kept = language;
  },
});

beforeEach(() => {
  page.lang = '';
  spoken.length = 0;
});

test('a computer’s own language is found, whatever its country', () => {
  expect(languageOf('de-CH')).toBe('de');
  expect(languageOf('fi-FI')).toBeNull();
  expect(preferredLanguage(['fi-FI', 'da', 'en-GB'])).toBe('da');
  expect(preferredLanguage(['fi-FI'])).toBe('en');
});

test('dates and numbers follow the country of the computer when it speaks the chosen language', () => {
  expect(localeOf('de', ['de-AT', 'en-US'])).toBe('de-AT');
  expect(localeOf('en', ['de-AT', 'en-US'])).toBe('en-US');
  expect(localeOf('fr', ['de-AT', 'en-US'])).toBe('fr-FR');
});

test('a screen begins in the language of its computer and changes at once, counts and all', async () => {
  const chosen = memory();
  const choose = await startI18n({ memory: chosen, locales: ['de-AT', 'en'], page, onSpoken });
  expect(page.lang).toBe('de-AT');
  expect(i18next.t('orders.shown', { count: 1 })).toBe('1 Auftrag');
  expect(chosen.kept, 'nobody chose it').toBeNull();

  expect(await choose('nl')).toBe(true);
  expect(page.lang).toBe('nl-NL');
  expect(i18next.t('orders.copies', { count: 12_500 })).toMatch(/^12\.500 /);
  expect(chosen.kept).toBe('nl');

  await choose('en');
  expect(i18next.t('orders.copies', { count: 12_500 })).toBe('12,500 copies');
  expect(i18next.t('signals.retriedAs', { id: 12_500 }), 'what is no count stays').toBe('sent again as #12500');
  expect(spoken).toEqual(['de-AT', 'nl-NL', 'en-GB']);
});

test('the language that was chosen before is kept; one that is not known is passed over', async () => {
  await startI18n({ memory: memory('da'), locales: ['de'], page, onSpoken });
  expect(page.lang).toBe('da-DK');
  await startI18n({ memory: memory('tlh'), locales: ['de'], page, onSpoken });
  expect(page.lang).toBe('de-DE');
});
