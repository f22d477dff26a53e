import type { Language } from './languages.ts';

const files = import.meta.glob<{ readonly default: object }>(['./*.json', '!./en.json']);

/** Each catalogue is a file of its own, fetched when its language is chosen; English is part of the page. */
export const loadCatalogue = async (language: Exclude<Language, 'en'>): Promise<{ readonly default: object } | null> =>
  (await files[`./${language}.json`]?.()) ?? null;
