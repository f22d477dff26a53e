import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { useConnections, useOrder } from '../../app-context.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { outboxMark } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './side.module.css';

const deadlineSoonMs = 5 * 60_000;

const SignalLine = ({ signal }: { readonly signal: OutboxView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const attempt = useOrder((state) => state.accepted[signal.id]);
  const at = signal.sentAt ?? attempt?.at ?? null;
  return (
    <li className={styles.belief}>
      <StatusMark mark={outboxMark(signal.state)} size={20} strong={signal.state === 'problem'}>
        {signal.platformName}
      </StatusMark>
      <span className={styles.evidence}>
        {signal.state === 'sent' && at !== null
          ? attempt?.httpStatus === null || attempt === undefined
            ? t('belief.acceptedAt', { time: words.moment(at, now) })
            : t('belief.accepted', { time: words.moment(at, now), code: attempt.httpStatus })
          : t(`outboxState.${signal.state}`)}
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

/** What the platform has accepted from us, and what it does not know yet. */
export const Beliefs = ({ order }: { readonly order: OrderView }) => {
  const { t } = useTranslation();
  const platform = useConnections(
    (state) => state.platforms.find((known) => known.id === order.platform)?.name ?? order.platform,
  );
  return (
    <section className={styles.panel} aria-label={t('belief.title', { platform })}>
      <h2 className={styles.title}>{t('belief.title', { platform })}</h2>
      {order.items.map((item) => {
        const signals = item.signals.filter((signal) => signal.state !== 'cancelled' && signal.retriedAs === null);
        return (
          <div key={item.id} className={styles.group}>
            <h3 className={styles.groupTitle}>{t('timeline.item', { number: item.number })}</h3>
            {signals.length === 0 ? (
              <p className={styles.none}>{t('belief.nothing')}</p>
            ) : (
              <ul className={styles.entries}>
                {signals.map((signal) => (
                  <SignalLine key={signal.id} signal={signal} />
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </section>
  );
};
