import { useTranslation } from 'react-i18next';
import styles from './reorder-badge.module.css';

/** An order that the platform placed again for an earlier one: made first. */
export const ReorderBadge = () => {
  const { t } = useTranslation();
  return <span className={styles.badge}>{t('orders.reorder')}</span>;
};
