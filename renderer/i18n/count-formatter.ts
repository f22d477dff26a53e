import type { FormatterModule } from 'i18next';
import { formatCount } from '../ui/format.ts';

/** Writes what is counted (`{{count}}`) as the reader writes numbers; all else, such as ids, stays as it is. */
export const countFormatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  format: (value, _format, locale, options) =>
    typeof value === 'number' && options?.interpolationkey === 'count' && locale !== undefined
      ? formatCount(value, locale)
      : value,
  add: () => undefined,
  addCached: () => undefined,
};
