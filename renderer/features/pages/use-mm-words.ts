import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

interface Size {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Measures of print in the reader's own digits: to a tenth of a millimetre. */
export const useMmWords = () => {
  const { i18n } = useTranslation();
  const locale = i18n.language;
  return useMemo(() => {
    const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    const number = (mm: number): string => digits.format(mm);
    return { number, size: ({ widthMm, heightMm }: Size): string => `${number(widthMm)} × ${number(heightMm)}` };
  }, [locale]);
};
