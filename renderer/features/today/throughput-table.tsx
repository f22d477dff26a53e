import { useTranslation } from 'react-i18next';
import type { ThroughputStep, TodayView } from '../../../main/contract/today.ts';
import { useWords } from '../../ui/use-words.ts';
import { shownHours } from './shown-hours.ts';
import styles from './throughput-table.module.css';

interface ThroughputTableProps {
  readonly today: TodayView;
  readonly step: ThroughputStep;
}

/** The same numbers as the chart, hour by hour. */
export const ThroughputTable = ({ today, step }: ThroughputTableProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const { hours, lines } = today.throughput;
  const { from, until } = shownHours(today);
  if (lines.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{t('today.perHour', { step: t(`today.step.${step}`) })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('today.hour')}</th>
          {lines.map(({ platform, lane, name }) => (
            <th key={`${lane} ${platform}`} scope="col">
              {lane === 'outsourced' ? t('today.outsourced', { name }) : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours.slice(from, until).map((hour, index) => (
          <tr key={hour.from}>
            <th scope="row">{hour.clock}</th>
            {lines.map(({ platform, lane, perHour }) => (
              <td key={`${lane} ${platform}`}>{words.count(perHour[step][from + index] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
