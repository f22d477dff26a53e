import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScanAnswer } from '../../stores/scan-answer.ts';
import { useLineWords } from '../../ui/use-line-words.ts';

/** The words of what a scan led to. */
export const useScanWords = (): ((answer: ScanAnswer) => string) => {
  const { t } = useTranslation();
  const lineWords = useLineWords();
  return useMemo(
    () => (answer) => {
      switch (answer.kind) {
        case 'done':
          return t(`scanner.done.${answer.command}`);
        case 'orderOpened':
          return t('scanner.answer.orderOpened', { id: answer.externalId });
        case 'unknownItem':
        case 'unknownCode':
          return t(`scanner.answer.${answer.kind}`, { code: answer.code });
        case 'severalOrders':
          return t('scanner.severalOrders', { code: answer.code, count: answer.count });
        case 'noItemYet':
          return t('scanner.answer.noItemYet', { command: t(`scanner.command.${answer.command}`) });
        case 'refused':
          return t('scanner.refused', {
            command: t(`scanner.command.${answer.command}`),
            why: t(`scanner.why.${answer.why}`),
          });
        case 'failed':
          return lineWords(answer.message);
        case 'itemShown':
        case 'trackingAsked':
        case 'noTracking':
        case 'nothingToUndo':
        case 'dialogOpen':
        case 'expired':
        case 'notSignedIn':
        case 'unreachable':
          return t(`scanner.answer.${answer.kind}`);
      }
    },
    [t, lineWords],
  );
};
