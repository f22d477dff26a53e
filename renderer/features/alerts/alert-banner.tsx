import { useTranslation } from 'react-i18next';
import type { NoticeView } from '../../../main/contract/station.ts';
import { useAlerts, useStation } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import styles from './alert-banner.module.css';
import { alertMarks } from './alert-marks.ts';
import { useCauseWords } from './use-cause-words.ts';

const noNotices: readonly NoticeView[] = [];
/** More lines would cover the screen; the counts in the bar above tell the rest. */
const mostLines = 3;

/** What repeats until somebody has seen it: why, and the one tap that ends it. */
export const AlertBanner = () => {
  const { t } = useTranslation();
  const standing = useAlerts((state) => state.standing);
  const unseen = useAlerts((state) => state.unseen);
  const acknowledge = useAlerts((state) => state.acknowledge);
  const notices = useStation((state) => state.station?.notices ?? noNotices);
  const causeWords = useCauseWords();
  if (standing === null) return null;
  const lines = standing === 'attention' ? causeWords.full(unseen, notices) : [t('alerts.lostText')];
  return (
    <section className={styles.banner} aria-label={t(`alerts.sound_${standing}`)}>
      <MarkShape mark={alertMarks[standing]} size={32} />
      <div className={styles.words}>
        <strong className={styles.title}>{t(`alerts.sound_${standing}`)}</strong>
        {lines.slice(0, mostLines).map((line) => (
          <p key={line} className={styles.line}>
            {line}
          </p>
        ))}
      </div>
      <ActionButton size="main" weight="strong" onClick={acknowledge}>
        {t('alerts.acknowledge')}
      </ActionButton>
    </section>
  );
};
