import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../../main/contract/hot-folders.ts';
import { HandoverLine } from '../../ui/handover-line.tsx';
import styles from './handover-list.module.css';

/** Where the files of an item were handed over to. What needs an answer is asked separately. */
export const HandoverList = ({ handovers }: { readonly handovers: readonly HandoverView[] }) => {
  const { t } = useTranslation();
  if (handovers.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('item.handovers')}>
      {handovers.map((handover) => (
        <HandoverLine key={handover.id} handover={handover} showFolder />
      ))}
    </ul>
  );
};
