import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TodayView } from '../../../main/contract/today.ts';
import { useToday } from '../../app-context.ts';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { Comparisons } from './comparisons.tsx';
import { LateOrders } from './late-orders.tsx';
import { NumberTiles } from './number-tiles.tsx';
import { Punctuality } from './punctuality.tsx';
import { StartCard } from './start-card.tsx';
import { Throughput } from './throughput.tsx';
import { TodayHead } from './today-head.tsx';
import styles from './today-screen.module.css';
import { VerifiedFiles } from './verified-files.tsx';

/** Nothing was done on the day, and for today: nothing is to be done either. */
const isEmpty = ({ isToday, orders, throughput, files, signals }: TodayView): boolean => {
  const done = throughput.lines.length + orders.shipped.count + files.verified + signals.sent;
  const left =
    Object.values(orders).reduce((sum, { count }) => sum + count, 0) +
    files.problems +
    signals.waiting +
    signals.problems;
  return done === 0 && (!isToday || left === 0);
};

const Day = ({ today, asTables }: { readonly today: TodayView; readonly asTables: boolean }) => {
  const { t } = useTranslation();
  const { isToday } = today;
  const empty = isEmpty(today);
  return (
    <>
      {empty ? (
        <ScreenState mark="plain" title={t(isToday ? 'today.empty.title' : 'today.emptyDay.title')}>
          {t(isToday ? 'today.empty.text' : 'today.emptyDay.text')}
        </ScreenState>
      ) : (
        <>
          <NumberTiles today={today} />
          <Throughput today={today} asTables={asTables} />
        </>
      )}
      <div className={styles.cards}>
        {!empty && <Punctuality today={today} />}
        {!empty && <VerifiedFiles today={today} />}
        {isToday && <Comparisons lines={today.reconciliations} />}
        {isToday && <StartCard report={today.startReport} />}
      </div>
      {!empty && isToday && <LateOrders today={today} />}
    </>
  );
};

/** The day in numbers, for the manager: to be read from two metres. */
export const TodayScreen = () => {
  const { t } = useTranslation();
  const today = useToday((state) => state.today);
  const load = useToday((state) => state.load);
  const watch = useToday((state) => state.watch);
  const [asTables, setAsTables] = useState(false);
  useEffect(() => watch(), [watch]);
  return (
    <section className={styles.screen} aria-label={t('nav.today')}>
      {today === null || load.kind !== 'ready' ? (
        <LoadNotice load={load} />
      ) : (
        <div className={styles.inner}>
          <TodayHead today={today} asTables={asTables} onTables={setAsTables} />
          <Day today={today} asTables={asTables} />
        </div>
      )}
    </section>
  );
};
