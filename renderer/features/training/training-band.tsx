import { IconRoute, IconSchool } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTour, useTraining } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import styles from './training-band.module.css';

const heightName = '--training-band';

/** Tells the rest of the page how high the band is: dialogs open below it and never cover it. */
const useHeightForDialogs = () => {
  const band = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const page = document.documentElement;
    const observer = new ResizeObserver(() => {
      page.style.setProperty(heightName, `${band.current?.offsetHeight ?? 0}px`);
    });
    if (band.current !== null) observer.observe(band.current);
    page.dataset.training = 'true';
    return () => {
      observer.disconnect();
      page.style.removeProperty(heightName);
      delete page.dataset.training;
    };
  }, []);
  return band;
};

/** How the real station does meanwhile: it works on, and whoever practises sees that it needs somebody. */
const RealStation = () => {
  const { t } = useTranslation();
  const real = useTraining((state) => state.real);
  return (
    <span className={styles.real} role="status">
      {real !== null && (
        <>
          <MarkShape mark={real.problems > 0 ? 'attention' : 'done'} />
          {real.problems > 0
            ? t('training.realProblems', { name: real.name, count: real.problems })
            : t('training.realFine', { name: real.name })}
        </>
      )}
    </span>
  );
};

/** Stands over every screen, dialog and sheet of a page to practise on. */
export const TrainingBand = () => {
  const { t } = useTranslation();
  const leave = useTraining((state) => state.leave);
  const tourIsOpen = useTour((state) => state.open);
  const reopen = useTour((state) => state.reopen);
  const [leaving, setLeaving] = useState(false);
  const band = useHeightForDialogs();
  return (
    <section ref={band} className={styles.band} aria-label={t('training.label')}>
      <IconSchool size={30} aria-hidden />
      <strong className={styles.words}>{t('training.band')}</strong>
      <RealStation />
      {!tourIsOpen && (
        <ActionButton className={styles.button ?? ''} icon={<IconRoute size={22} aria-hidden />} onClick={reopen}>
          {t('tour.reopen')}
        </ActionButton>
      )}
      <ActionButton
        className={styles.button ?? ''}
        busy={leaving}
        onClick={() => {
          setLeaving(true);
          void leave();
        }}
      >
        {t('training.leave')}
      </ActionButton>
    </section>
  );
};
