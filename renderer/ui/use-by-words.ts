import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What a station calls those who have no initials. */
const nameless = { screen: 'screen', 'command line': 'commandLine', 'desktop app': 'screen' } as const;

const isNameless = (by: string): by is keyof typeof nameless => Object.hasOwn(nameless, by);

/** Who did something: initials as they are, and words for a screen at which nobody is signed in. */
export const useByWords = (): ((by: string) => string) => {
  const { t } = useTranslation();
  return useCallback((by) => (isNameless(by) ? t(`by.${nameless[by]}`) : by), [t]);
};
