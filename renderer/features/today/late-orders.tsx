import { useTranslation } from 'react-i18next';
import type { LateOrder, LateReason, TodayView } from '../../../main/contract/today.ts';
import { orderHref } from '../../client/route.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { Line } from '../../ui/line.tsx';
import { stageMark } from '../../ui/marks.ts';
import { OutsourcedBadge } from '../../ui/outsourced-badge.tsx';
import { ReorderBadge } from '../../ui/reorder-badge.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { Card } from './card.tsx';
import styles from './late-orders.module.css';

const Reason = ({ reason }: { readonly reason: LateReason }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  switch (reason.kind) {
    case 'problem':
      return (
        <StatusMark mark="attention">
          <Line text={reason.text} />
        </StatusMark>
      );
    case 'held':
      return <StatusMark mark="held">{t('today.lateHeld', { note: reason.note })}</StatusMark>;
    case 'stage':
      return (
        <StatusMark mark={stageMark(reason.stage)}>
          {t('today.lateSince', { stage: t(`stage.${reason.stage}`), time: words.moment(reason.since, now) })}
        </StatusMark>
      );
  }
};

const LateLine = ({ late: { order, reason } }: { readonly late: LateOrder }) => (
  <li>
    <a className={styles.line} href={orderHref(order.id)}>
      <span className={styles.order}>
        <strong>{order.externalId}</strong>
        {order.reorder && <ReorderBadge />}
        {order.lane === 'outsourced' && <OutsourcedBadge />}
        <span className={styles.customer}>{order.customer || order.titles}</span>
      </span>
      <span className={styles.reason}>
        <Reason reason={reason} />
      </span>
      <span className={styles.due}>{order.shipBy !== null && <Countdown due={order.shipBy} soonMs={0} />}</span>
    </a>
  </li>
);

/** The orders that are late, the longest overdue first, each with what keeps it. */
export const LateOrders = ({ today: { lateOrders, orders } }: { readonly today: TodayView }) => {
  const { t } = useTranslation();
  const others = orders.late.count - lateOrders.length;
  return (
    <Card title={t('today.lateTitle')}>
      {lateOrders.length === 0 ? (
        <StatusMark mark="done">{t('today.noneLate')}</StatusMark>
      ) : (
        <ol className={styles.list}>
          {lateOrders.map((late) => (
            <LateLine key={late.order.id} late={late} />
          ))}
        </ol>
      )}
      {others > 0 && <p className={styles.others}>{t('today.moreLate', { count: others })}</p>}
    </Card>
  );
};
