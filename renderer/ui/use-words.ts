import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { durationWords } from './duration.ts';
import { formatBytes, formatClock, formatCount, formatMoment, formatShare, formatSpeed } from './format.ts';

/** The translated words of numbers, times and sizes. */
export const useWords = () => {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  return useMemo(
    () => ({
      bytes: (bytes: number) => formatBytes(bytes, locale),
      speed: (bytesPerSecond: number) => formatSpeed(bytesPerSecond, locale),
      count: (count: number) => formatCount(count, locale),
      share: (share: number) => formatShare(share, locale),
      moment: (moment: string | number, now: number) => formatMoment(moment, now, locale),
      clock: (moment: string | number) => formatClock(moment, locale),
      duration: (durationMs: number): string => {
        const words = durationWords(durationMs);
        if (words.kind === 'clock') return words.text;
        if (words.kind === 'hours') return t('duration.hours', { hours: words.hours, minutes: words.minutes });
        return t('duration.days', { count: words.days, hours: words.hours });
      },
    }),
    [t, locale],
  );
};
