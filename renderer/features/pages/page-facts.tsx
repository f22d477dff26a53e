import { useTranslation } from 'react-i18next';
import type { PageBoxes } from '../../../main/contract/inspection.ts';
import { BoxLine } from './box-outlines.tsx';
import styles from './page-facts.module.css';
import { useMmWords } from './use-mm-words.ts';

/** The measures of a page, each box with the line that it has on the page. */
export const PageFacts = ({ boxes }: { readonly boxes: PageBoxes | undefined }) => {
  const { t } = useTranslation();
  const mm = useMmWords();
  if (boxes === undefined) return <p className={styles.facts}>{t('pages.unknown')}</p>;
  return (
    <p className={styles.facts}>
      <span>{t('pages.pageIs', { size: mm.size(boxes) })}</span>
      <span className={styles.fact}>
        {boxes.trim === null ? (
          t('pages.noTrim')
        ) : (
          <>
            <BoxLine kind="trim" />
            {t('pages.trimIs', { size: mm.size(boxes.trim) })}
          </>
        )}
      </span>
      {boxes.bleedMm !== null && (
        <span className={styles.fact}>
          {boxes.bleed !== null && <BoxLine kind="bleed" />}
          {t('pages.bleedIs', { bleed: mm.number(boxes.bleedMm) })}
        </span>
      )}
    </p>
  );
};
