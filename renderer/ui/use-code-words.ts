import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readableLine } from '../i18n/code-words.ts';
import { useLineWords } from './use-line-words.ts';

/** The details that hold a line of the station's, or a platform's own words. */
const lineDetails = ['problem', 'message'] as const;

type Detail = Readonly<Record<string, string | number | boolean | null>>;

/** Words for the codes that a station sends; one that the catalogue does not know is made readable. */
export const useCodeWords = () => {
  const { t, i18n } = useTranslation();
  const lineWords = useLineWords();
  return useMemo(() => {
    /** What went wrong may be another line of the station. */
    const worded = (detail: Detail): Detail => ({
      ...detail,
      ...Object.fromEntries(
        lineDetails.flatMap((name) => {
          const text = detail[name];
          return typeof text === 'string' ? [[name, lineWords(text)]] : [];
        }),
      ),
    });
    const words = (family: 'history' | 'notice', code: string, detail: Detail): string | null => {
      const key = `${family}.${code}`;
      // A family such as `history.signal` is there too, but holds no words of its own.
      const template: unknown = i18n.getResource('en', 'translation', key);
      if (typeof template !== 'string') return null;
      const line = t(key as 'history.item.printReady', worded(detail));
      // A problem is never left out, wherever it comes up.
      const { problem } = detail;
      return typeof problem !== 'string' || problem === '' || template.includes('{{problem}}')
        ? line
        : `${line}: ${lineWords(problem)}`;
    };
    return {
      history: (code: string, detail: Detail): string =>
        words('history', code, detail) ?? readableLine(code, worded(detail)),
      /** `text` is the station's own English line. */
      notice: (code: string, detail: Detail, text: string): string => words('notice', code, detail) ?? lineWords(text),
      /** What a person can do about a problem; null when the catalogue has no advice. */
      advice: (code: string | null): string | null => {
        const key = `advice.${code ?? ''}`;
        return code !== null && i18n.exists(key) ? t(key as 'advice.mismatch') : null;
      },
    };
  }, [t, i18n, lineWords]);
};
