import { useTranslation } from 'react-i18next';
import type { ConnectionView, PlatformView } from '../../../main/contract/connections.ts';
import styles from '../../ui/cards.module.css';
import { Ago } from '../../ui/countdown.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useLineWords } from '../../ui/use-line-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { Comparison } from './comparison.tsx';
import { IntakeAddresses } from './intake-addresses.tsx';
import { SecretState } from './secret-state.tsx';

interface ConnectionFactsProps {
  readonly connection: ConnectionView;
  readonly platform: PlatformView | null;
}

const Budget = ({ budget }: { readonly budget: ConnectionView['budget'] }) => {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <>
      {t('connection.budgetWords', {
        inSpan: words.count(budget.inSpan),
        requests: words.count(budget.requests),
        seconds: words.count(budget.perSeconds),
        concurrency: words.count(budget.concurrency),
      })}
      {budget.current < budget.requests && (
        <>
          {' · '}
          <StatusMark mark="waiting" size={18}>
            {t('connection.slowed', { current: words.count(budget.current) })}
          </StatusMark>
        </>
      )}
    </>
  );
};

const FollowedJobs = ({ jobs }: { readonly jobs: NonNullable<ConnectionView['jobs']> }) => {
  const { t } = useTranslation();
  const lineWords = useLineWords();
  const words = useWords();
  const now = useNow();
  const nextMs = jobs.nextSweepAt === null ? null : Date.parse(jobs.nextSweepAt) - now;
  return (
    <>
      {t('connection.openJobs', { count: jobs.open })}
      {jobs.listRefused === null && (
        <>
          {` · ${t('connection.listRead')} `}
          <Ago moment={jobs.lastSweptAt} />
          {nextMs !== null &&
            ` · ${nextMs > 0 ? t('connection.nextList', { time: words.duration(nextMs) }) : t('connection.listDue')}`}
        </>
      )}
      {jobs.listRefused !== null && (
        <p>
          <StatusMark mark="attention" size={18}>
            {t('connection.listRefused', { problem: lineWords(jobs.listRefused) })}
          </StatusMark>
        </p>
      )}
    </>
  );
};

/** What is known of a connection beside its state: where it is reached, what it follows, what it may ask, its keys. */
export const ConnectionFacts = ({ connection, platform }: ConnectionFactsProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  return (
    <dl className={styles.facts}>
      <dt>{t('connection.inbound')}</dt>
      <dd>{t(`inbound.${connection.inbound}`)}</dd>
      <IntakeAddresses connection={connection} platform={platform} />
      <dt>{t('connection.orders')}</dt>
      <dd>
        {t('connection.openOrders', { count: connection.openOrders })}
        {connection.lastOrderAt !== null &&
          ` · ${t('connection.lastOrder', { time: words.moment(connection.lastOrderAt, now) })}`}
      </dd>
      {connection.jobs !== null && (
        <>
          <dt>{t('connection.jobs')}</dt>
          <dd>
            <FollowedJobs jobs={connection.jobs} />
          </dd>
          <dt>{t('reconciliation.title')}</dt>
          <dd>
            <Comparison connection={connection} />
          </dd>
        </>
      )}
      <dt>{t('connection.budget')}</dt>
      <dd>
        <Budget budget={connection.budget} />
      </dd>
      {Object.entries(connection.secrets).map(([name, state]) => (
        <SecretState
          key={name}
          platform={connection.platform}
          name={name}
          state={state}
          required={platform?.fields.find((field) => field.name === name)?.required ?? true}
        />
      ))}
    </dl>
  );
};
