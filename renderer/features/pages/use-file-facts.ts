import { useTranslation } from 'react-i18next';
import type { FileView } from '../../../main/contract/files.ts';
import { useMmWords } from './use-mm-words.ts';

/** How many pages a file has, and how large they are, in one line; empty while nobody has looked. */
export const useFileFacts = ({ inspection }: FileView): string => {
  const { t } = useTranslation();
  const mm = useMmWords();
  if (inspection === null || inspection.pages === null) return '';
  const { pages, boxes, trim, bleedMm } = inspection;
  const [first] = boxes;
  const size =
    trim === null
      ? first === undefined
        ? []
        : [t('inspection.page', { size: mm.size(first) })]
      : [t('inspection.trim', { size: mm.size(trim) })];
  const bleed = bleedMm === null ? [] : [t('inspection.bleed', { bleed: mm.number(bleedMm) })];
  return [t('inspection.pages', { count: pages }), ...size, ...bleed].join(' · ');
};
