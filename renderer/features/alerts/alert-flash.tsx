import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlerts } from '../../app-context.ts';
import type { SoundKind } from '../../client/sound-scores.ts';
import { MarkShape } from '../../ui/status-mark.tsx';
import styles from './alert-flash.module.css';
import { alertMarks } from './alert-marks.ts';

/** A good scan is followed by the next one soon. */
const shownMs: Readonly<Record<SoundKind, number>> = {
  goodScan: 1_200,
  wrongItem: 2_500,
  attention: 2_500,
  connectionLost: 2_500,
};

/**
 * Each sound as it is heard: the border of the page in a pattern of its own, with shape and word unless a banner says
 * them already. It takes no tap.
 */
export const AlertFlash = ({ hasBanner }: { readonly hasBanner: boolean }) => {
  const { t } = useTranslation();
  const flash = useAlerts((state) => state.flash);
  const standing = useAlerts((state) => state.standing);
  const [over, setOver] = useState(0);
  useEffect(() => {
    if (flash === null) return;
    const timer = setTimeout(() => setOver(flash.sequence), shownMs[flash.kind]);
    return () => clearTimeout(timer);
  }, [flash]);
  if (flash === null || flash.sequence === over) return null;
  return (
    <div key={flash.sequence} className={styles.frame} data-sound={flash.kind}>
      {(!hasBanner || standing !== flash.kind) && (
        <p className={styles.word}>
          <MarkShape mark={alertMarks[flash.kind]} size={36} />
          {t(`alerts.sound_${flash.kind}`)}
        </p>
      )}
    </div>
  );
};
