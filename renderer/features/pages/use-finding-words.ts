import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { InspectionFinding } from '../../../main/contract/inspection.ts';
import { readableLine } from '../../i18n/code-words.ts';
import { useMmWords } from './use-mm-words.ts';

/** The words of what was found in a file; a code that the catalogue does not know is made readable. */
export const useFindingWords = (): ((finding: InspectionFinding) => string) => {
  const { t, i18n } = useTranslation();
  const mm = useMmWords();
  return useMemo(
    () =>
      ({ code, level, detail }) => {
        const measure = (name: string): string => {
          const value = detail[name];
          return typeof value === 'number' ? mm.number(value) : '';
        };
        const values = {
          ...detail,
          ...(typeof detail.found === 'number' ? { count: detail.found } : {}),
          size: `${measure('width')} × ${measure('height')}`,
          expectedSize: `${measure('expectedWidth')} × ${measure('expectedHeight')}`,
          otherSize: `${measure('otherWidth')} × ${measure('otherHeight')}`,
          bleed: measure('bleed'),
          least: measure('least'),
        };
        const key = `finding.${code}.${level}`;
        return i18n.exists(key, values) ? t(key as 'finding.trimSize.ok', values) : readableLine(code, detail);
      },
    [t, i18n, mm],
  );
};
