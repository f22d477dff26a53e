import { useTranslation } from 'react-i18next';
import type { TodayView } from '../../../main/contract/today.ts';
import { hrefOf } from '../../client/route.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useWords } from '../../ui/use-words.ts';
import { Card } from './card.tsx';
import styles from './fact-list.module.css';
import { ShareBar } from './share-bar.tsx';

const soonMs = 5 * 60_000;

/** The signals that wait now: the next deadline, and what a person must see to. */
const Waiting = ({ signals }: { readonly signals: TodayView['signals'] }) => {
  const { t } = useTranslation();
  const { waiting, overdue, nextDeadlineAt, problems } = signals;
  return (
    <>
      <li>
        <StatusMark mark={waiting === 0 ? 'done' : 'waiting'}>
          {waiting === 0 && t('today.signals.noneWait')}
          {waiting > 0 && nextDeadlineAt === null && t('today.signals.waiting', { count: waiting })}
          {waiting > 0 && nextDeadlineAt !== null && (
            <>
              {t('today.signals.waitingUntil', { count: waiting })} <Countdown due={nextDeadlineAt} soonMs={soonMs} />
            </>
          )}
        </StatusMark>
      </li>
      {overdue > 0 && (
        <li>
          <StatusMark mark="stopped">{t('today.signals.overdue', { count: overdue })}</StatusMark>
        </li>
      )}
      {problems > 0 && (
        <li>
          <a href={hrefOf('signals')}>
            <StatusMark mark="attention">{t('today.signals.problems', { count: problems })}</StatusMark>
          </a>
        </li>
      )}
    </>
  );
};

/** Whether the platforms were told in time. */
export const Punctuality = ({ today: { signals, isToday } }: { readonly today: TodayView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const { sent, onTime, late, withoutDeadline, worstLateSeconds } = signals;
  const limited = onTime + late;
  return (
    <Card title={t('today.signals.title')} lead={words.count(sent)}>
      {limited > 0 && (
        <ShareBar
          parts={[
            { name: 'onTime', count: onTime, look: 'good' },
            { name: 'late', count: late, look: 'bad' },
          ]}
        />
      )}
      <ul className={styles.facts}>
        {limited > 0 && (
          <li>
            <StatusMark mark="done">
              {t('today.signals.onTime', { count: onTime, share: words.share(onTime / limited) })}
            </StatusMark>
          </li>
        )}
        {late > 0 && (
          <li>
            <StatusMark mark="stopped">
              {t('today.signals.late', { count: late, time: words.duration(worstLateSeconds * 1000) })}
            </StatusMark>
          </li>
        )}
        {withoutDeadline > 0 && (
          <li className={styles.dim}>{t('today.signals.withoutDeadline', { count: withoutDeadline })}</li>
        )}
        {sent === 0 && <li className={styles.dim}>{t('today.signals.noneSent')}</li>}
        {isToday && <Waiting signals={signals} />}
      </ul>
    </Card>
  );
};
