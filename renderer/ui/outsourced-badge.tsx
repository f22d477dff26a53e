import { useTranslation } from 'react-i18next';
import styles from './outsourced-badge.module.css';

/** An order that the platform makes and ships itself: it is only followed here. */
export const OutsourcedBadge = () => {
  const { t } = useTranslation();
  return <span className={styles.badge}>{t('lane.badge')}</span>;
};
