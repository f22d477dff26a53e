import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button.tsx';
import styles from './news-bar.module.css';
import { useNow } from './use-now.ts';
import { useWords } from './use-words.ts';

interface NewsBarProps {
  /** What is shown, such as `312 orders`. */
  readonly text: string;
  /** The button's words, such as `3 new orders: show`. */
  readonly newText: string;
  readonly newCount: number;
  /** The station would order or select the rows otherwise now. */
  readonly stale: boolean;
  /** Milliseconds; when the order of the rows was taken. */
  readonly asOf: number | null;
  readonly onShow: () => void;
  /** At the end of the bar. */
  readonly tools?: ReactNode;
}

/** Stands above a list and always has its height: new rows are offered here, and never push the others away. */
export const NewsBar = ({ text, newText, newCount, stale, asOf, onShow, tools = null }: NewsBarProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  return (
    <div className={styles.bar}>
      <div className={styles.news} aria-live="polite">
        {newCount > 0 ? (
          <ActionButton weight="strong" className={styles.show ?? ''} onClick={onShow}>
            {newText}
          </ActionButton>
        ) : (
          <>
            <span className={styles.text}>{text}</span>
            {stale && asOf !== null && (
              <>
                <span className={styles.text}>{t('news.orderAsOf', { time: words.moment(asOf, now) })}</span>
                <ActionButton weight="quiet" icon={<IconRefresh size={20} aria-hidden />} onClick={onShow}>
                  {t('news.sortAgain')}
                </ActionButton>
              </>
            )}
          </>
        )}
      </div>
      {tools}
    </div>
  );
};
