import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import type { OrderRef } from '../../stores/order-store.ts';
import { Line } from '../../ui/line.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { Beliefs } from './beliefs.tsx';
import { ItemCard } from './item-card.tsx';
import { ItemSelectionBar } from './item-selection-bar.tsx';
import { isWorkLeft } from './item-steps.ts';
import { placesOfJobs } from './job-places.ts';
import { OrderFacts } from './order-facts.tsx';
import { OrderFiles } from './order-files.tsx';
import { OrderHeader } from './order-header.tsx';
import { OtherJobs, OutsourcedJobs } from './order-jobs.tsx';
import { OrderNotes } from './order-notes.tsx';
import styles from './order-screen.module.css';
import { Timeline } from './timeline.tsx';

/** The items that are chosen together: only those with work left, of an order that is made here and has several. */
const useChoice = (order: OrderView) => {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const eligible = order.lane === 'own' && order.items.length > 1 ? order.items.filter(isWorkLeft) : [];
  return {
    selected: eligible.filter(({ id }) => chosen.has(id)),
    clear: () => setChosen(new Set()),
    choiceOf: (item: ItemView) =>
      eligible.includes(item)
        ? {
            chosen: chosen.has(item.id),
            choose: (isChosen: boolean) =>
              setChosen((before) => new Set([...before, item.id].filter((id) => isChosen || id !== item.id))),
          }
        : null,
  };
};

const Content = ({ order }: { readonly order: OrderView }) => {
  const { t } = useTranslation();
  const { selected, clear, choiceOf } = useChoice(order);
  const outsourced = order.lane === 'outsourced';
  const { atItem, others } = placesOfJobs(order);
  return (
    <article className={styles.screen} aria-label={t('order.title', { id: order.externalId })}>
      <OrderHeader order={order} />
      <div className={styles.body}>
        <div className={styles.items}>
          <OrderNotes order={order} />
          {outsourced && <OutsourcedJobs order={order} />}
          {order.items.map((item) => (
            <ItemCard
              key={item.id}
              item={item}
              order={order}
              job={outsourced ? undefined : atItem.get(item.id)}
              choice={choiceOf(item)}
            />
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
      {selected.length > 0 && <ItemSelectionBar order={order} selected={selected} onClear={clear} />}
    </article>
  );
};

/** One order with all that is known of it and all that can be done with it. */
export const OrderScreen = ({ orderRef }: { readonly orderRef: OrderRef }) => {
  const { t } = useTranslation();
  const open = useOrder((state) => state.open);
  const load = useOrder((state) => state.load);
  const order = useOrder((state) => state.order);
  useEffect(() => open(orderRef), [open, orderRef]);
  if (order !== null) return <Content key={order.id} order={order} />;
  return load.kind === 'failed' ? (
    <ScreenState mark="attention" title={t('order.failed')}>
      <Line text={load.message} />
    </ScreenState>
  ) : (
    <ScreenState mark="moving" title={t('screen.loading')} />
  );
};
