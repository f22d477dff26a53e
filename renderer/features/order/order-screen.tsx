import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useOrder } from '../../app-context.ts';
import type { OrderRef } from '../../stores/order-store.ts';
import { ScreenState } from '../../ui/screen-state.tsx';
import { Beliefs } from './beliefs.tsx';
import { ItemCard } from './item-card.tsx';
import { placesOfJobs } from './job-places.ts';
import { OrderFacts } from './order-facts.tsx';
import { OrderFiles } from './order-files.tsx';
import { OrderHeader } from './order-header.tsx';
import { OtherJobs, OutsourcedJobs } from './order-jobs.tsx';
import styles from './order-screen.module.css';
import { Timeline } from './timeline.tsx';

/** One order with all that is known of it and all that can be done with it. */
export const OrderScreen = ({ orderRef }: { readonly orderRef: OrderRef }) => {
  const { t } = useTranslation();
  const open = useOrder((state) => state.open);
  const load = useOrder((state) => state.load);
  const order = useOrder((state) => state.order);
  useEffect(() => open(orderRef), [open, orderRef]);

  if (order === null) {
    return load.kind === 'failed' ? (
      <ScreenState mark="attention" title={t('order.failed')}>
        {load.message}
      </ScreenState>
    ) : (
      <ScreenState mark="moving" title={t('screen.loading')} />
    );
  }
  const outsourced = order.lane === 'outsourced';
  const { atItem, others } = placesOfJobs(order);
  return (
    <article className={styles.screen} aria-label={t('order.title', { id: order.externalId })}>
      <OrderHeader order={order} />
      <div className={styles.body}>
        <div className={styles.items}>
          {outsourced && <OutsourcedJobs order={order} />}
          {order.items.map((item) => (
            <ItemCard key={item.id} item={item} order={order} job={outsourced ? undefined : atItem.get(item.id)} />
          ))}
          {!outsourced && others.length > 0 && <OtherJobs jobs={others} order={order} />}
          {order.files.length > 0 && <OrderFiles files={order.files} />}
        </div>
        <div className={styles.side}>
          <Timeline order={order} />
          <Beliefs order={order} />
          <OrderFacts order={order} />
        </div>
      </div>
    </article>
  );
};
