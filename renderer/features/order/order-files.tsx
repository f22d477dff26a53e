import { useTranslation } from 'react-i18next';
import type { FileView } from '../../../main/contract/files.ts';
import { FileList } from './file-list.tsx';
import styles from './item-card.module.css';

/** Files of the order itself, such as a ready shipping label. */
export const OrderFiles = ({ files }: { readonly files: readonly FileView[] }) => {
  const { t } = useTranslation();
  return (
    <section className={styles.card} aria-label={t('order.files')}>
      <h2 className={styles.title}>{t('order.files')}</h2>
      <FileList files={files} />
    </section>
  );
};
