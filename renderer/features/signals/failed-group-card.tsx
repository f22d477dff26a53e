import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FailedGroup } from '../../../main/contract/outbox.ts';
import { useConnections, useOutbox } from '../../app-context.ts';
import { goTo, hrefOf } from '../../client/route.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import cards from '../../ui/cards.module.css';
import { Countdown } from '../../ui/countdown.tsx';
import { Line } from '../../ui/line.tsx';
import { deadlineSoonMs } from '../../ui/soon.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useSignalName } from '../../ui/use-signal-name.ts';
import { useWords } from '../../ui/use-words.ts';
import { DismissGroupDialog } from './dismiss-group-dialog.tsx';
import styles from './failed-group-card.module.css';
import { useFailedAdvice } from './use-failed-advice.ts';

const GroupActions = ({ group }: { readonly group: FailedGroup }) => {
  const { t } = useTranslation();
  const decide = useOutbox((state) => state.decide);
  const showGroup = useOutbox((state) => state.showGroup);
  const { busy, run } = useAction();
  const [asking, setAsking] = useState(false);
  const { key, standing, count } = group;
  const retry = (): void =>
    void run(
      () => decide(key, { kind: 'retry' }),
      (answer) =>
        standing === 'stopped' ? t('failed.triedNow') : t('signals.problemsRetried', { count: answer.count }),
    );
  const lookUp = (): void =>
    void run(
      () => decide(key, { kind: 'lookUp' }),
      (answer) => t('failed.lookedUp', { count: answer.count }),
    );
  return (
    <div className={cards.actions}>
      {standing === 'maybe' ? (
        <ActionButton weight="strong" busy={busy} onClick={lookUp}>
          {t('failed.lookUp')}
        </ActionButton>
      ) : (
        <ActionButton weight="strong" busy={busy} onClick={retry}>
          {standing === 'stopped' ? t('failed.tryNow') : t('failed.retry', { count })}
        </ActionButton>
      )}
      {standing !== 'stopped' && (
        <ActionButton onClick={() => setAsking(true)}>
          {standing === 'maybe' ? t('failed.wasDone') : t('failed.dismiss')}
        </ActionButton>
      )}
      <ActionButton onClick={() => goTo(hrefOf('connections'))}>{t('failed.connection')}</ActionButton>
      <ActionButton onClick={() => showGroup(key)}>{t('failed.show')}</ActionButton>
      {asking && <DismissGroupDialog group={group} onClose={() => setAsking(false)} />}
    </div>
  );
};

/** Failed signals of one cause: how many, what was said of them, what to do, and that at a tap for all of them. */
export const FailedGroupCard = ({ group }: { readonly group: FailedGroup }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const nameOf = useSignalName();
  const advice = useFailedAdvice(group);
  const connection = useConnections(
    (state) => state.connections.find(({ id }) => id === group.connection)?.name ?? group.connection,
  );
  const { kind, platformName } = group;
  const name = kind === null || platformName === null ? t('failed.mixed') : nameOf({ kind, platformName });
  const title = t('failed.times', { number: words.count(group.count), name });
  return (
    <li className={cards.card} aria-label={`${title}, ${connection}`}>
      <div className={cards.cardHead}>
        <h2 className={cards.cardTitle}>{title}</h2>
        <span>{connection}</span>
        <StatusMark mark={group.standing === 'maybe' ? 'attention' : 'stopped'} strong>
          {t(`failed.cause.${group.standing === 'maybe' ? 'maybe' : group.cause}`)}
        </StatusMark>
        <span className={cards.space} />
        <span className={cards.dim}>{t('failed.oldest', { time: words.moment(group.oldestAt, now) })}</span>
        {group.deadlineAt !== null && (
          <span className={styles.deadline}>
            {t('failed.nextDeadline')} <Countdown due={group.deadlineAt} soonMs={deadlineSoonMs} />
          </span>
        )}
      </div>
      {group.message !== null && (
        <p className={styles.said}>
          <Line text={group.message} />
          {group.messageCount > 1 && !group.message.includes('…') && (
            <span className={cards.dim}> · {t('failed.others', { count: group.messageCount - 1 })}</span>
          )}
        </p>
      )}
      <p className={styles.advice}>
        <strong>{t('failed.todo')}:</strong> {advice}
      </p>
      <GroupActions group={group} />
    </li>
  );
};
