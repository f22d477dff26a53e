import { useTranslation } from 'react-i18next';
import type { ItemView } from '../../../main/contract/orders.ts';
import { useByWords } from '../../ui/use-by-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './item-card.module.css';

/** How often an item was made again inside the shop, by whom and why. */
export const ReprintList = ({ reprints }: { readonly reprints: ItemView['reprints'] }) => {
  const { t } = useTranslation();
  const words = useWords();
  const byWords = useByWords();
  const now = useNow();
  if (reprints.length === 0) return null;
  return (
    <ul className={styles.reprints} aria-label={t('reprint.list')}>
      {reprints.map(({ at, by, reason }) => (
        <li key={at}>
          <strong>{t('reprint.asked', { time: words.moment(at, now), who: byWords(by) })}</strong> {reason}
        </li>
      ))}
    </ul>
  );
};
