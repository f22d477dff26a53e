import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Names that a station or a platform gives: the catalogue knows some of each family. */
type Family = 'beliefs' | 'field' | 'fieldHelp' | 'fieldOption' | 'intakeAddress' | 'jobs.warnings' | 'platformText';

/** Finds the words for such a name; null when the catalogue has none. */
export const useNameWords = (): ((family: Family, name: string) => string | null) => {
  const { t, i18n } = useTranslation();
  return useCallback(
    (family, name) => {
      const key = `${family}.${name}`;
      // A family within a family is there too, but holds no words of its own.
      return typeof i18n.getResource('en', 'translation', key) === 'string' ? t(key as 'beliefs.orderStatus') : null;
    },
    [t, i18n],
  );
};
