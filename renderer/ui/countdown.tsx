import { useTranslation } from 'react-i18next';
import styles from './countdown.module.css';
import { urgencyOf } from './duration.ts';
import { MarkShape } from './status-mark.tsx';
import { useNow } from './use-now.ts';
import { useWords } from './use-words.ts';

interface CountdownProps {
  /** ISO 8601. */
  readonly due: string;
  /** From how long before it is due it asks for attention. */
  readonly soonMs: number;
}

/** The time left to a limit, or how long it has passed; shape and colour when it is near or gone. */
export const Countdown = ({ due, soonMs }: CountdownProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const dueMs = Date.parse(due);
  const urgency = urgencyOf(dueMs, now, soonMs);
  return (
    <span className={styles.countdown} data-urgency={urgency}>
      {urgency !== 'calm' && <MarkShape mark={urgency === 'late' ? 'stopped' : 'attention'} size={18} />}
      {urgency === 'late'
        ? t('countdown.late', { time: words.duration(now - dueMs) })
        : t('countdown.left', { time: words.duration(dueMs - now) })}
    </span>
  );
};

/** `0:12 ago`; `never` when there was no such moment. */
export const Ago = ({ moment }: { readonly moment: string | null }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  return moment === null ? t('ago.never') : t('ago.since', { time: words.duration(now - Date.parse(moment)) });
};
