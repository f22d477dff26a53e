import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { KeptText } from '../client/kept-text.ts';
import { loadCatalogue } from './catalogues.ts';
import { countFormatter } from './count-formatter.ts';
import en from './en.json' with { type: 'json' };
import { type Language, languageOf, localeOf, preferredLanguage } from './languages.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'translation';
    readonly resources: { readonly translation: typeof en };
  }
}

interface I18nDeps {
  /** The language that was chosen at this screen. */
  readonly memory: KeptText;
  /** The reader's locales, the liked best first. */
  readonly locales: readonly string[];
  /** The element that tells readers' tools which language the page speaks. */
  readonly page: { lang: string };
  /** Told of each locale that the page speaks from then on. */
  readonly onSpoken: (locale: string) => void;
}

/** Chooses the language of this screen, now and for later; false when its catalogue could not be fetched. */
export type ChooseLanguage = (language: Language) => Promise<boolean>;

/** i18next's language is the whole locale, such as `de-AT`: words come from its language, dates and numbers follow all of it. */
const speak = async (language: Language, { locales, page, onSpoken }: I18nDeps): Promise<boolean> => {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    const catalogue = await loadCatalogue[language]().catch(() => null);
    if (catalogue === null) return false;
    i18next.addResourceBundle(language, 'translation', catalogue.default);
  }
  const locale = localeOf(language, locales);
  await i18next.changeLanguage(locale);
  page.lang = locale;
  onSpoken(locale);
  return true;
};

/** Begins with the language that was chosen here before, else with the reader's own; with English when that fails. */
export const startI18n = async (deps: I18nDeps): Promise<ChooseLanguage> => {
  await i18next
    .use(initReactI18next)
    .use(countFormatter)
    .init({
      lng: localeOf('en', deps.locales),
      fallbackLng: 'en',
      initAsync: false,
      resources: { en: { translation: en } },
      // React escapes what it shows.
      interpolation: { escapeValue: false, alwaysFormat: true },
      returnNull: false,
    });
  await speak(languageOf(deps.memory.read() ?? '') ?? preferredLanguage(deps.locales), deps);
  let lastChosen = 0;
  return async (language) => {
    lastChosen += 1;
    const chosen = lastChosen;
    const spoken = await speak(language, deps);
    if (spoken && chosen === lastChosen) deps.memory.write(language);
    return spoken;
  };
};
