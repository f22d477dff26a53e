import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../main/contract/job-view.ts';
import { ExternalValue } from '../../ui/external-value.tsx';
import { useNameWords } from '../../ui/use-name-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './side.module.css';

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** What the platform says of a job, name by name. A name that the catalogue does not know stands as it is. */
export const JobBeliefs = ({ job }: { readonly job: JobView }) => {
  const { t } = useTranslation();
  const nameWords = useNameWords();
  const words = useWords();
  const now = useNow();
  if (job.beliefs.length === 0) return <p className={styles.none}>{t('job.noBeliefs')}</p>;
  return (
    <dl className={styles.beliefs}>
      {job.beliefs.map(({ name, value }) => {
        const label = nameWords('beliefs', name) ?? name;
        return (
          <div key={`${name} ${value}`} className={styles.unknown}>
            <dt>{label}</dt>
            <dd>{moment.test(value) ? words.moment(value, now) : <ExternalValue text={value} label={label} />}</dd>
          </div>
        );
      })}
    </dl>
  );
};
