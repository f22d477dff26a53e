import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { useOutbox } from '../../app-context.ts';
import { orderHref } from '../../client/route.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { outboxMark } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { AttemptsDialog } from './attempts-dialog.tsx';
import { DismissDialog } from './dismiss-dialog.tsx';
import { payloadLine } from './signal-payload.ts';
import styles from './signal-row.module.css';

export const signalRowHeightPx = 104;
/** From how long before its deadline an unsent signal asks for attention. */
const deadlineSoonMs = 5 * 60_000;

/** What the row says about its state: when it was accepted, what it waits for, or what is wrong. */
const Reason = ({ signal }: { readonly signal: OutboxView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  if (signal.state === 'sent' && signal.sentAt !== null) {
    return t('signals.acceptedAt', { time: words.moment(signal.sentAt, now) });
  }
  if (signal.retriedAs !== null) return t('signals.retriedAs', { id: signal.retriedAs });
  const nextMs = signal.nextAttemptAt === null ? null : Date.parse(signal.nextAttemptAt) - now;
  const parts = [
    signal.lastError,
    signal.waitsFor === null ? null : t('signals.waitsFor', { what: signal.waitsFor }),
    nextMs === null || nextMs <= 0 || signal.state === 'problem'
      ? null
      : t('signals.nextTry', { time: words.duration(nextMs) }),
  ].filter((part) => part !== null);
  return parts.join(' · ');
};

const Actions = ({ signal }: { readonly signal: OutboxView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const undo = useOutbox((state) => state.undo);
  const retry = useOutbox((state) => state.retry);
  const { busy, run } = useAction();
  const [dismissing, setDismissing] = useState(false);
  const undoMs = signal.undoUntil === null ? 0 : Date.parse(signal.undoUntil) - now;
  const stuck = signal.state === 'problem' || signal.state === 'maybe';
  return (
    <>
      {signal.state === 'queued' && undoMs > 0 && (
        <ActionButton busy={busy} onClick={() => void run(() => undo([signal.id]), t('undo.done'))}>
          {t('undo.buttonIn', { time: words.duration(undoMs) })}
        </ActionButton>
      )}
      {(stuck || signal.state === 'waiting') && (
        <ActionButton busy={busy} onClick={() => void run(() => retry(signal.id), t('signals.retried'))}>
          {t(signal.state === 'maybe' ? 'signals.sendAgain' : 'signals.retry')}
        </ActionButton>
      )}
      {stuck && (
        <ActionButton onClick={() => setDismissing(true)}>
          {t(signal.state === 'maybe' ? 'signals.arrived' : 'signals.dismiss')}
        </ActionButton>
      )}
      <DismissDialog opened={dismissing} onClose={() => setDismissing(false)} signal={signal} />
    </>
  );
};

/** One signal, with its place in the queue. */
export const SignalRow = ({ id }: { readonly id: number }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const signal = useOutbox((state) => state.list.rows[id]);
  const [asking, setAsking] = useState(false);
  if (signal === undefined) return null;
  const unsent = signal.state !== 'sent' && signal.state !== 'cancelled';
  return (
    <div className={styles.row}>
      <span className={styles.what}>
        <span className={styles.name}>{signal.platformName}</span>
        <a className={styles.order} href={orderHref(signal.orderId)}>
          {signal.itemExternalId}
        </a>
      </span>
      <span className={styles.state}>
        <StatusMark
          mark={outboxMark(signal.state)}
          size={20}
          strong={signal.state === 'problem' || signal.state === 'maybe'}
        >
          {signal.retriedAs === null ? t(`outboxState.${signal.state}`) : t('signals.replaced')}
        </StatusMark>
        <span className={styles.dim}>
          {t('signals.createdAt', { id: signal.id, time: words.moment(signal.createdAt, now) })}
        </span>
      </span>
      <span className={styles.words}>
        <span className={styles.reason}>
          <Reason signal={signal} />
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
        <Actions signal={signal} />
        <ActionButton onClick={() => setAsking(true)}>{t('signals.attempts', { count: signal.attempts })}</ActionButton>
      </span>
      <AttemptsDialog opened={asking} onClose={() => setAsking(false)} signal={signal} />
    </div>
  );
};
