import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Misfit } from '../../../main/contract/hot-folders.ts';
import { useWords } from '../../ui/use-words.ts';

/** The words of why a file does not go into a hot folder. */
export const useMisfitWords = (): ((misfit: Misfit) => string) => {
  const { t } = useTranslation();
  const words = useWords();
  return useMemo(() => {
    const number = (value: string | number | undefined): string => words.count(Number(value ?? 0));
    const role = (name: string): string => t(`role.${name}`, { defaultValue: name });
    return ({ code, detail }) => {
      switch (code) {
        case 'role': {
          const takes = String(detail.takes ?? '');
          return takes === ''
            ? t('misfit.noLabel')
            : t('misfit.role', { takes: takes.split(', ').map(role).join(', ') });
        }
        case 'platform':
        case 'connection':
        case 'product':
          return t(`misfit.${code}`, { takes: detail.takes });
        case 'pages':
          return t('misfit.pages', {
            found: number(detail.pages),
            least: number(detail.least),
            most: number(detail.most),
          });
        case 'trim':
          return t('misfit.trim', {
            found: `${number(detail.foundWidthMm)} × ${number(detail.foundHeightMm)}`,
            takes: `${number(detail.widthMm)} × ${number(detail.heightMm)}`,
          });
      }
    };
  }, [t, words]);
};
