import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Moments for paper: they stay right on another day. */
export const useDateWords = () => {
  const { i18n } = useTranslation();
  const locale = i18n.language;
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const short = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
    return {
      day: (moment: string | number) => day.format(new Date(moment)),
      time: (moment: string | number) => time.format(new Date(moment)),
      moment: (moment: string | number) => short.format(new Date(moment)),
    };
  }, [locale]);
};
