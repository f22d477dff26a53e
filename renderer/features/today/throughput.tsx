import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type ThroughputStep, type TodayView, throughputSteps } from '../../../main/contract/today.ts';
import { useWords } from '../../ui/use-words.ts';
import { Card } from './card.tsx';
import { PlatformSwatch } from './platform-pattern.tsx';
import styles from './throughput.module.css';
import { ThroughputChart } from './throughput-chart.tsx';
import { ThroughputTable } from './throughput-table.tsx';

interface ThroughputProps {
  readonly today: TodayView;
  readonly asTables: boolean;
}

/** What each platform's pattern is, with its sum of the day. */
const Totals = ({ today, step }: { readonly today: TodayView; readonly step: ThroughputStep }) => {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const lines = today.throughput.lines.filter(({ total }) => total[step] > 0);
  if (lines.length === 0) return <p className={styles.none}>{t('today.noneOf', { step: t(`today.step.${step}`) })}</p>;
  return (
    <ul className={styles.totals}>
      {lines.map((line, index) => (
        <li key={`${line.lane} ${line.platform}`} className={styles.total}>
          <PlatformSwatch id={`${id}${index}`} line={line} />
          <span>{line.lane === 'outsourced' ? t('today.outsourced', { name: line.name }) : line.name}</span>
          <strong>{words.count(line.total[step])}</strong>
        </li>
      ))}
    </ul>
  );
};

/** The items that reached each step, hour by hour and for each platform. */
export const Throughput = ({ today, asTables }: ThroughputProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const items = (count: number): string => t('today.items', { count, number: words.count(count) });
  /** What is outsourced is not this shop's work. */
  const ownTotal = (step: ThroughputStep): number =>
    today.throughput.lines.reduce((sum, { lane, total }) => sum + (lane === 'own' ? total[step] : 0), 0);
  return (
    <div className={styles.charts}>
      {throughputSteps.map((step) => (
        <Card key={step} title={t(`today.step.${step}`)} lead={items(ownTotal(step))}>
          {!asTables && <ThroughputChart today={today} step={step} />}
          {/* With a chart in sight the table is there for those who cannot see it. */}
          <div className={asTables ? undefined : styles.unseen}>
            <ThroughputTable today={today} step={step} />
          </div>
          <Totals today={today} step={step} />
        </Card>
      ))}
    </div>
  );
};
