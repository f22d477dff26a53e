import { IconVolume } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAlerts } from '../../app-context.ts';
import styles from '../../ui/hint.module.css';

/** A browser lets a page be heard only after a first tap or key: until then it says so. */
export const TapHint = () => {
  const { t } = useTranslation();
  const waits = useAlerts((state) => state.waitsForTap);
  if (!waits) return null;
  return (
    <p className={styles.hint}>
      <IconVolume size={24} aria-hidden />
      {t('alerts.tapForSound')}
    </p>
  );
};
