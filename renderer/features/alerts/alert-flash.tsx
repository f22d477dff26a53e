import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlerts } from '../../app-context.ts';
import { MarkShape } from '../../ui/status-mark.tsx';
import styles from './alert-flash.module.css';
import { alertMarks } from './alert-marks.ts';

const shownMs = 2_500;

/** Each sound as it is heard: the border of the page in a pattern of its own, with shape and word. It takes no tap. */
export const AlertFlash = () => {
  const { t } = useTranslation();
  const flash = useAlerts((state) => state.flash);
  const [over, setOver] = useState(0);
  const sequence = flash?.sequence ?? 0;
  useEffect(() => {
    const timer = setTimeout(() => setOver(sequence), shownMs);
    return () => clearTimeout(timer);
  }, [sequence]);
  if (flash === null || flash.sequence === over) return null;
  return (
    <div key={flash.sequence} className={styles.frame} data-sound={flash.kind}>
      <p className={styles.word}>
        <MarkShape mark={alertMarks[flash.kind]} size={36} />
        {t(`alerts.sound_${flash.kind}`)}
      </p>
    </div>
  );
};
