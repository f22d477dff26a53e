import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type RecognisedLine,
  type RecognisedValue,
  recogniseLine,
} from '../../main/contract/station-lines/recognise-line.ts';
import { formatCount } from './format.ts';

/** Numbers that name something and count nothing: they are written as they are. */
const names: ReadonlySet<string> = new Set(['status', 'id']);
/** Values that may be the role of a file, which has a word of its own. */
const roles: ReadonlySet<string> = new Set(['what', 'role']);

/** Lists show the same few lines over and over, and each look at one costs a few hundred patterns. */
const mostKept = 1_000;
const kept = new Map<string, RecognisedLine | null>();

const lookedUp = (line: string): RecognisedLine | null => {
  const known = kept.get(line);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const found = recogniseLine(line);
  kept.set(line, found);
  return found;
};

/**
 * Says a line that the station wrote in the reader's language. Anybody else's words, such as a platform's, stay as they
 * came, also within such a line.
 */
export const useLineWords = (): ((line: string) => string) => {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const worded = ({ code, values }: RecognisedLine): string => {
      const said = Object.entries(values).map(([name, value]) => [name, wordedValue(name, value)]);
      // The catalogue's numbers choose between forms by `count`; these lines have one form.
      return t(`line.${code}` as 'line.both', { ...Object.fromEntries(said) });
    };
    const wordedValue = (name: string, value: RecognisedValue): string => {
      if (typeof value === 'object') return worded(value);
      if (typeof value === 'number') return names.has(name) ? String(value) : formatCount(value, language);
      return roles.has(name) ? t(`role.${value}`, { defaultValue: value }) : value;
    };
    return (line) => {
      const found = lookedUp(line);
      return found === null ? line : worded(found);
    };
  }, [t, language]);
};
