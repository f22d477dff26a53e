import { useTranslation } from 'react-i18next';
import type { TodayView } from '../../../main/contract/today.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { Card } from './card.tsx';
import styles from './fact-list.module.css';

type Line = TodayView['reconciliations'][number];

const Comparison = ({ line: { name, reconciliation } }: { readonly line: Line }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  if (reconciliation === null) {
    return (
      <StatusMark mark="plain">
        {name}: {t('reconciliation.never')}
      </StatusMark>
    );
  }
  const { there, here, missing, ended, reason, at } = reconciliation;
  const notes = [
    ...(missing > 0 ? [t('reconciliation.missing', { count: missing })] : []),
    ...(ended > 0 ? [t('reconciliation.ended', { count: ended })] : []),
    t(`reconciliation.at_${reason}`, { time: words.moment(at, now) }),
  ];
  return (
    <span className={styles.pair}>
      <StatusMark mark={there === here ? 'done' : 'attention'} strong>
        {name}: {t('reconciliation.there', { there: words.count(there), here: words.count(here) })}
      </StatusMark>
      <span className={styles.dim}>{notes.join(' · ')}</span>
    </span>
  );
};

/** "Printess: 214 there, 214 here": whether anything was lost on the way. */
export const Comparisons = ({ lines }: { readonly lines: readonly Line[] }) => {
  const { t } = useTranslation();
  return (
    <Card title={t('today.comparisons.title')}>
      <ul className={styles.facts}>
        {lines.map((line) => (
          <li key={line.connection}>
            <Comparison line={line} />
          </li>
        ))}
        {lines.length === 0 && <li className={styles.dim}>{t('today.comparisons.none')}</li>}
      </ul>
    </Card>
  );
};
