import { IconChartBar, IconChevronLeft, IconChevronRight, IconTable } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TodayView } from '../../../main/contract/today.ts';
import { useToday } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useWords } from '../../ui/use-words.ts';
import { dayFrom, dayName } from './day-words.ts';
import styles from './today-head.module.css';

interface TodayHeadProps {
  readonly today: TodayView;
  readonly asTables: boolean;
  readonly onTables: (asTables: boolean) => void;
}

/** Which day it is, as of when; the days before it, and charts or tables. */
export const TodayHead = ({ today, asTables, onTables }: TodayHeadProps) => {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const show = useToday((state) => state.show);
  const { day, isToday } = today;
  const Icon = asTables ? IconChartBar : IconTable;
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>
        {isToday && <span>{t('nav.today')}</span>} <span className={styles.day}>{dayName(day, i18n.language)}</span>
      </h1>
      <span className={styles.asOf}>{t('today.asOf', { time: words.clock(today.asOf) })}</span>
      <ActionButton
        icon={<IconChevronLeft size={24} aria-hidden />}
        aria-label={t('today.dayBefore')}
        onClick={() => show(dayFrom(day, -1))}
      />
      <ActionButton
        icon={<IconChevronRight size={24} aria-hidden />}
        aria-label={t('today.dayAfter')}
        disabled={isToday}
        onClick={() => show(dayFrom(day, 1))}
      />
      {!isToday && <ActionButton onClick={() => show(null)}>{t('nav.today')}</ActionButton>}
      <ActionButton icon={<Icon size={24} aria-hidden />} onClick={() => onTables(!asTables)}>
        {t(asTables ? 'today.asCharts' : 'today.asTables')}
      </ActionButton>
    </header>
  );
};
