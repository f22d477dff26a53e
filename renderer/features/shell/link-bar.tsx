import { useTranslation } from 'react-i18next';
import { useLink } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './link-bar.module.css';

/** Says that the page has lost its station, since when, and when it tries again. */
export const LinkBar = () => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const link = useLink((state) => state.link);
  const tryNow = useLink((state) => state.tryNow);
  return (
    <section className={styles.bar} role="alert">
      <MarkShape mark="down" size={24} />
      {link.kind === 'lost' ? (
        <>
          <strong className={styles.title}>{t(`link.${link.cause}.title`)}</strong>
          <span className={styles.text}>{t('link.shownAsOf', { time: words.moment(link.since, now) })}</span>
          <ActionButton weight="plain" onClick={tryNow}>
            {t('link.tryNow')}
          </ActionButton>
        </>
      ) : (
        <strong className={styles.title}>{t('link.connecting')}</strong>
      )}
    </section>
  );
};
