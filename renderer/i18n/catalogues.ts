import type { Language } from './languages.ts';

/** Each catalogue is a file of its own, fetched when its language is chosen; English is part of the page. */
export const loadCatalogue: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ readonly default: object }>>> = {
  de: () => import('./de.json'),
  nl: () => import('./nl.json'),
  da: () => import('./da.json'),
  fr: () => import('./fr.json'),
};
