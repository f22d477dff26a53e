/** The languages of the screens, in the order in which they are offered; each has a catalogue of its name. */
export const languages = ['en', 'de', 'nl', 'da', 'fr'] as const;
export type Language = (typeof languages)[number];

/** Each language as those who speak it call it. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  nl: 'Nederlands',
  da: 'Dansk',
  fr: 'Français',
};

/** Where a language is read on a computer of another one: its dates have to be written somehow. */
const usualLocales: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  nl: 'nl-NL',
  da: 'da-DK',
  fr: 'fr-FR',
};

const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);

/** `de-CH` → `de`; null for a language that the screens do not speak. */
export const languageOf = (locale: string): Language | null => {
  const [language = ''] = locale.toLowerCase().split('-', 1);
  return isLanguage(language) ? language : null;
};

/** The first of a reader's locales that the screens speak, else English. */
export const preferredLanguage = (locales: readonly string[]): Language => {
  for (const locale of locales) {
    const language = languageOf(locale);
    if (language !== null) return language;
  }
  return 'en';
};

/** How dates and numbers are written in a language: as in the reader's own country when that speaks it. */
export const localeOf = (language: Language, locales: readonly string[]): string =>
  locales.find((locale) => locale.includes('-') && languageOf(locale) === language) ?? usualLocales[language];
