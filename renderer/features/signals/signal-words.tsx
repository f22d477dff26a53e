import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { useLineWords } from '../../ui/use-line-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { isCommand } from '../../ui/use-signal-name.ts';
import { useWords } from '../../ui/use-words.ts';

/** The state of a signal in words; of a command that may have been carried out, just that. */
export const useSignalState = (): ((signal: OutboxView) => string) => {
  const { t } = useTranslation();
  return useCallback(
    (signal) => {
      if (signal.retriedAs !== null) return t('signals.replaced');
      if (isCommand(signal) && (signal.state === 'maybe' || signal.state === 'problem')) {
        return t(`commandState.${signal.state}`);
      }
      return t(`outboxState.${signal.state}`);
    },
    [t],
  );
};

/** What is said of that state: when it was accepted, what it waits for, or what is wrong. */
export const SignalReason = ({ signal }: { readonly signal: OutboxView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const lineWords = useLineWords();
  const now = useNow();
  if (signal.state === 'sent' && signal.sentAt !== null) {
    return t('signals.acceptedAt', { time: words.moment(signal.sentAt, now) });
  }
  if (signal.retriedAs !== null) return t('signals.retriedAs', { id: signal.retriedAs });
  const nextMs = signal.nextAttemptAt === null ? null : Date.parse(signal.nextAttemptAt) - now;
  const parts = [
    signal.lastError === null ? null : lineWords(signal.lastError),
    signal.waitsFor === null ? null : t('signals.waitsFor', { what: lineWords(signal.waitsFor) }),
    nextMs === null || nextMs <= 0 || signal.state === 'problem'
      ? null
      : t(signal.state === 'maybe' ? 'signals.nextLookUp' : 'signals.nextTry', { time: words.duration(nextMs) }),
  ].filter((part) => part !== null);
  return parts.join(' · ');
};
