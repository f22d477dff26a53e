import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { useOutbox } from '../../app-context.ts';
import { orderHref } from '../../client/route.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { outboxMark } from '../../ui/marks.ts';
import { deadlineSoonMs } from '../../ui/soon.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { isCommand, useSignalName } from '../../ui/use-signal-name.ts';
import { useWords } from '../../ui/use-words.ts';
import { AttemptsDialog } from './attempts-dialog.tsx';
import { SignalActions } from './signal-actions.tsx';
import { payloadLine } from './signal-payload.ts';
import styles from './signal-row.module.css';
import { SignalReason, useSignalState } from './signal-words.tsx';

export const signalRowHeightPx = 120;

/** A command is about work that the shop numbers; items of a platform that takes signals name themselves. */
const itemNameOf = (signal: OutboxView): string =>
  isCommand(signal) ? `${signal.orderExternalId} · ${signal.itemExternalId}` : signal.itemExternalId;

/** One signal, with its place in the queue. */
export const SignalRow = ({ id }: { readonly id: number }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const nameOf = useSignalName();
  const stateOf = useSignalState();
  const signal = useOutbox((state) => state.list.rows[id]);
  const [asking, setAsking] = useState(false);
  if (signal === undefined) return null;
  const unsent = signal.state !== 'sent' && signal.state !== 'cancelled';
  return (
    <div className={styles.row}>
      <span className={styles.what}>
        <span className={styles.name}>{nameOf(signal)}</span>
        {isCommand(signal) && <span className={styles.platformName}>{signal.platformName}</span>}
        <a className={styles.order} href={orderHref(signal.orderId)}>
          <span className={styles.item}>{itemNameOf(signal)}</span>
        </a>
      </span>
      <span className={styles.state}>
        <StatusMark
          mark={outboxMark(signal.state)}
          size={20}
          strong={signal.state === 'problem' || signal.state === 'maybe'}
        >
          {stateOf(signal)}
        </StatusMark>
        <span className={styles.dim}>
          {t('signals.createdAt', { id: signal.id, time: words.moment(signal.createdAt, now) })}
        </span>
      </span>
      <span className={styles.words}>
        <span className={styles.reason}>
          <SignalReason signal={signal} />
        </span>
        <span className={styles.payload}>{payloadLine(signal)}</span>
      </span>
      <span className={styles.deadline}>
        {unsent && signal.deadlineAt !== null && (
          <>
            <span className={styles.dim}>{t('signals.deadline')}</span>
            <Countdown due={signal.deadlineAt} soonMs={deadlineSoonMs} />
          </>
        )}
      </span>
      <span className={styles.actions}>
        <SignalActions signal={signal} />
        <ActionButton onClick={() => setAsking(true)}>{t('signals.attempts', { count: signal.attempts })}</ActionButton>
      </span>
      <AttemptsDialog opened={asking} onClose={() => setAsking(false)} signal={signal} />
    </div>
  );
};
