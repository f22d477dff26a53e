import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTraining } from '../../app-context.ts';
import { TourCard } from './tour-card.tsx';
import { TrainingBand } from './training-band.tsx';
import styles from './training-frame.module.css';

/** Around everything else while somebody practises: nobody can take this page, or a sheet printed from it, for the real thing. */
export const TrainingFrame = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const practising = useTraining((state) => state.practising);
  if (!practising) return children;
  return (
    <div className={styles.frame}>
      <TrainingBand />
      <TourCard />
      <div className={styles.page}>{children}</div>
      <p className={styles.stamp} aria-hidden>
        {t('training.stamp')}
      </p>
    </div>
  );
};
