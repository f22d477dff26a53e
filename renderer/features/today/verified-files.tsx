import { useTranslation } from 'react-i18next';
import type { TodayView } from '../../../main/contract/today.ts';
import { hrefOf } from '../../client/route.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useWords } from '../../ui/use-words.ts';
import { Card } from './card.tsx';
import styles from './fact-list.module.css';
import { ShareBar } from './share-bar.tsx';

/** How many files came, at which try, and how well they were checked. */
export const VerifiedFiles = ({ today: { files, isToday } }: { readonly today: TodayView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const { verified, firstTry, afterRepeat, levels, problems } = files;
  return (
    <Card title={t('today.files.title')} lead={words.count(verified)}>
      {verified > 0 && (
        <ShareBar
          parts={[
            { name: 'firstTry', count: firstTry, look: 'good' },
            { name: 'afterRepeat', count: afterRepeat, look: 'bad' },
          ]}
        />
      )}
      <ul className={styles.facts}>
        {verified === 0 && <li className={styles.dim}>{t('today.files.none')}</li>}
        {verified > 0 && (
          <li>
            <StatusMark mark="done">
              {t('today.files.firstTry', { count: firstTry, share: words.share(firstTry / verified) })}
            </StatusMark>
          </li>
        )}
        {afterRepeat > 0 && (
          <li>
            <StatusMark mark="attention">{t('today.files.afterRepeat', { count: afterRepeat })}</StatusMark>
          </li>
        )}
        {levels.map(({ level, count }) => (
          <li key={level ?? 'none'} className={styles.dim}>
            {words.count(count)}: {level === null ? t('today.files.unchecked') : t(`verification.${level}`)}
          </li>
        ))}
        {isToday && problems > 0 && (
          <li>
            <a href={hrefOf('files')}>
              <StatusMark mark="attention">{t('today.files.problems', { count: problems })}</StatusMark>
            </a>
          </li>
        )}
      </ul>
    </Card>
  );
};
