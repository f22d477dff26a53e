import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../main/contract/job-view.ts';
import type { OrderView } from '../../../main/contract/orders.ts';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { useOrder } from '../../app-context.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { outboxMark } from '../../ui/marks.ts';
import { deadlineSoonMs } from '../../ui/soon.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { takesSignals, usePlatform } from '../../ui/use-platform.ts';
import { useSignalName } from '../../ui/use-signal-name.ts';
import { useWords } from '../../ui/use-words.ts';
import { useSignalState } from '../signals/signal-words.tsx';
import { JobBeliefs } from './job-beliefs.tsx';
import { itemsOfJob } from './job-places.ts';
import styles from './side.module.css';

const SignalLine = ({ signal }: { readonly signal: OutboxView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const nameOf = useSignalName();
  const stateOf = useSignalState();
  const attempt = useOrder((state) => state.accepted[signal.id]);
  const at = signal.sentAt ?? attempt?.at ?? null;
  return (
    <li className={styles.belief}>
      <StatusMark mark={outboxMark(signal.state)} size={20} strong={signal.state === 'problem'}>
        {nameOf(signal)}
      </StatusMark>
      <span className={styles.evidence}>
        {signal.state === 'sent' && at !== null
          ? attempt?.httpStatus === null || attempt === undefined
            ? t('belief.acceptedAt', { time: words.moment(at, now) })
            : t('belief.accepted', { time: words.moment(at, now), code: attempt.httpStatus })
          : stateOf(signal)}
        {signal.state !== 'sent' && signal.deadlineAt !== null && (
          <>
            {' '}
            <Countdown due={signal.deadlineAt} soonMs={deadlineSoonMs} />
          </>
        )}
      </span>
      {signal.lastError !== null && signal.state !== 'sent' && <span className={styles.error}>{signal.lastError}</span>}
    </li>
  );
};

/** What the platform was told of an item, and what it does not know yet. */
const Told = ({ signals }: { readonly signals: readonly OutboxView[] }) => {
  const { t } = useTranslation();
  if (signals.length === 0) return <p className={styles.none}>{t('belief.nothing')}</p>;
  return (
    <ul className={styles.entries}>
      {signals.map((signal) => (
        <SignalLine key={signal.id} signal={signal} />
      ))}
    </ul>
  );
};

/** What a job makes; its id, which can be long, stands only where that is not known. */
const JobTitle = ({ job, order }: { readonly job: JobView; readonly order: OrderView }) => {
  const { t } = useTranslation();
  const items = itemsOfJob(job, order.items);
  if (items.length === 0) return t('belief.job', { id: job.externalId ?? t('job.noId') });
  return t('belief.items', { count: items.length, numbers: items.map((item) => item.number).join(', ') });
};

const countingSignals = (signals: readonly OutboxView[]): readonly OutboxView[] =>
  signals.filter((signal) => signal.state !== 'cancelled' && signal.retriedAs === null);

/** What the platform says of its jobs, what it has accepted from us, and what it does not know yet. */
export const Beliefs = ({ order }: { readonly order: OrderView }) => {
  const { t } = useTranslation();
  const known = usePlatform(order.platform);
  const platform = known?.name ?? order.platform;
  const isTold = known !== undefined && takesSignals(known);
  // Of an outsourced order the jobs are what the screen begins with.
  const jobs = order.lane === 'outsourced' ? [] : order.jobs.filter((job) => job.replacedBy === null);
  const items = order.items.filter((item) => isTold || countingSignals(item.signals).length > 0);
  if (jobs.length === 0 && items.length === 0) return null;
  return (
    <section className={styles.panel} aria-label={t('belief.title', { platform })}>
      <h2 className={styles.title}>{t('belief.title', { platform })}</h2>
      {jobs.map((job) => (
        <div key={job.id} className={styles.group}>
          <h3 className={styles.groupTitle}>
            <JobTitle job={job} order={order} />
          </h3>
          <JobBeliefs job={job} />
        </div>
      ))}
      {items.map((item) => (
        <div key={item.id} className={styles.group}>
          <h3 className={styles.groupTitle}>
            {t(jobs.length > 0 ? 'belief.toldOfItem' : 'timeline.item', { number: item.number })}
          </h3>
          <Told signals={countingSignals(item.signals)} />
        </div>
      ))}
    </section>
  );
};
