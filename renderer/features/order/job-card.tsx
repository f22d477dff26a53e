import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../main/contract/job-view.ts';
import type { OrderView } from '../../../main/contract/orders.ts';
import { readableCode } from '../../i18n/code-words.ts';
import { Ago } from '../../ui/countdown.tsx';
import { Line } from '../../ui/line.tsx';
import { jobMark, type Mark, outboxMark } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNameWords } from '../../ui/use-name-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { usePlatformName } from '../../ui/use-platform.ts';
import { useSignalName } from '../../ui/use-signal-name.ts';
import { useWords } from '../../ui/use-words.ts';
import { SignalActions } from '../signals/signal-actions.tsx';
import { SignalReason, useSignalState } from '../signals/signal-words.tsx';
import { JobBeliefs } from './job-beliefs.tsx';
import { JobButtons } from './job-buttons.tsx';
import styles from './job-card.module.css';
import { itemsOfJob, openCommandsOf } from './job-places.ts';

/** Warnings that say how things stand, and ask for nothing. */
const calmWarnings: Readonly<Record<string, Mark>> = { mayWaitForStatus: 'waiting', sizeUnknown: 'plain' };

/** When the platform was last heard of it, and when it is asked next. */
const Heard = ({ job }: { readonly job: JobView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const nextMs = job.nextCheckAt === null ? null : Date.parse(job.nextCheckAt) - now;
  return (
    <span className={styles.dim}>
      {t('job.heard')} <Ago moment={job.lastSeenAt} />
      {!job.final &&
        ` · ${
          nextMs === null
            ? t('job.listTells')
            : nextMs > 0
              ? t('job.nextCheck', { time: words.duration(nextMs) })
              : t('job.checkDue')
        }`}
    </span>
  );
};

/** Commands about the job that have not been answered: what a person must decide is decided here, too. */
const OpenCommands = ({ job, order }: JobCardProps) => {
  const nameOf = useSignalName();
  const stateOf = useSignalState();
  return openCommandsOf(job, order.items).map((signal) => (
    <div key={signal.id} className={styles.command}>
      <StatusMark mark={outboxMark(signal.state)} size={20} strong>
        {nameOf(signal)}: {stateOf(signal)}
      </StatusMark>
      <span className={styles.dim}>
        <SignalReason signal={signal} />
      </span>
      <span className={styles.actions}>
        <SignalActions signal={signal} />
      </span>
    </div>
  ));
};

interface JobCardProps {
  readonly job: JobView;
  readonly order: OrderView;
}

/** A job at a platform: how far it is, what is wrong and what to do about it. */
export const JobCard = ({ job, order, withBeliefs = false }: JobCardProps & { readonly withBeliefs?: boolean }) => {
  const { t } = useTranslation();
  const nameWords = useNameWords();
  const platform = usePlatformName(order.platform);
  const items = itemsOfJob(job, order.items);
  const successor = order.jobs.find((known) => known.id === job.replacedBy);
  const id = job.externalId ?? t('job.noId');
  return (
    <section
      className={styles.job}
      aria-label={t('job.label', { id })}
      data-replaced={job.replacedBy !== null || undefined}
    >
      <div className={styles.body}>
        <div className={styles.said}>
          <div className={styles.head}>
            <StatusMark mark={jobMark(job)} strong>
              {t('job.at', { platform, state: t(`jobState.${job.state}`) })}
            </StatusMark>
            {job.statusText !== '' && <span>{t('job.ownWord', { word: job.statusText })}</span>}
            <span className={styles.space} />
            <Heard job={job} />
          </div>
          <p className={styles.dim}>
            {t('job.id', { id })}
            {items.length > 1 && ` · ${t('job.makes', { numbers: items.map((item) => item.number).join(', ') })}`}
            {job.replacedBy !== null &&
              ` · ${t('job.replaced', { id: successor?.externalId ?? `#${job.replacedBy}` })}`}
          </p>
          {job.problem !== null && (
            <p className={styles.problem}>
              <StatusMark mark="attention" strong>
                <Line text={job.problem} />
              </StatusMark>
            </p>
          )}
          {job.warnings.map((warning) => (
            <p key={warning} className={styles.problem}>
              <StatusMark mark={calmWarnings[warning] ?? 'attention'} strong={calmWarnings[warning] === undefined}>
                {nameWords('jobs.warnings', warning) ?? readableCode(warning)}
              </StatusMark>
            </p>
          ))}
        </div>
        <JobButtons job={job} platform={platform} />
      </div>
      <OpenCommands job={job} order={order} />
      {withBeliefs && <JobBeliefs job={job} />}
    </section>
  );
};
