import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import { useConnections } from '../../app-context.ts';
import { hrefOf } from '../../client/route.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { stageMark } from '../../ui/marks.ts';
import { OutsourcedBadge } from '../../ui/outsourced-badge.tsx';
import { ReorderBadge } from '../../ui/reorder-badge.tsx';
import { shipBySoonMs } from '../../ui/soon.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { isWorkLeft } from './item-steps.ts';
import styles from './order-header.module.css';
import { ShipDialog } from './ship-dialog.tsx';

/** Who ordered, in what stage it is, and by when it must ship. */
export const OrderHeader = ({ order }: { readonly order: OrderView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const [shipping, setShipping] = useState(false);
  const connectionName = useConnections(
    (state) => state.connections.find((connection) => connection.id === order.connection)?.name,
  );
  const open = order.items.filter((item) => isWorkLeft(item));
  return (
    <header className={styles.header}>
      <BackLink href={hrefOf('orders')} label={t('order.back')} />
      <div className={styles.names}>
        <h1 className={styles.title}>
          {order.reorder && <ReorderBadge />}
          {order.lane === 'outsourced' && <OutsourcedBadge />}
          <span className={styles.number}>{order.externalId}</span>
          <span className={styles.customer}>{order.customer}</span>
        </h1>
        <p className={styles.line}>
          {[connectionName ?? order.connection, order.reference, order.shippingMethod]
            .filter((text) => text !== '')
            .join(' · ')}
          {' · '}
          {t('order.receivedAt', { time: words.moment(order.receivedAt, now) })}
        </p>
      </div>
      <div className={styles.state}>
        <StatusMark mark={stageMark(order.stage)} strong>
          {t(`stage.${order.stage}`)}
        </StatusMark>
        {order.shipBy !== null && (
          <span className={styles.due}>
            {t('orders.shipBy', { time: words.moment(order.shipBy, now) })}
            {' · '}
            {order.stage !== 'shipped' && order.stage !== 'cancelled' && (
              <Countdown due={order.shipBy} soonMs={shipBySoonMs} />
            )}
          </span>
        )}
      </div>
      {order.lane === 'own' && order.items.length > 1 && (
        <ActionButton size="main" disabled={open.length === 0} onClick={() => setShipping(true)}>
          {t('order.shipAll')}
        </ActionButton>
      )}
      <ShipDialog opened={shipping} onClose={() => setShipping(false)} order={order} items={open} whole />
    </header>
  );
};
