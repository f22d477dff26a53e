import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useOrders, useStores } from '../../app-context.ts';
import { OrderRowView } from './order-row.tsx';
import styles from './orders-list.module.css';

const rowHeightPx = 72;
const rowSize = (): number => rowHeightPx;

/** Where a key leads in a list of `count` rows; null for other keys. */
const targetOf = (key: string, index: number, count: number, page: number): number | null => {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? null : Math.min(Math.max(target, 0), count - 1);
};

/** How the rest of the screen reaches the rows. */
export interface OrdersListHandle {
  /** Moves the focus to the row that the arrow keys go on from; false when there is none, or it is there already. */
  readonly focusRow: () => boolean;
}

/** The rows, only those in sight in the page. One of them is in the tab order; the arrow keys move on from it. */
export const OrdersList = ({ ref }: { readonly ref?: Ref<OrdersListHandle> }) => {
  const { t } = useTranslation();
  const ids = useOrders((state) => state.list.ids);
  const total = useOrders((state) => state.list.total);
  const see = useOrders((state) => state.see);
  const keepScroll = useOrders((state) => state.keepScroll);
  const { orders } = useStores();
  // Taken once: to follow it would draw the list at each step of a scroll.
  const [initialOffset] = useState(() => orders.getState().scrollOffset);
  const [active, setActive] = useState(0);
  const [focusDue, setFocusDue] = useState(false);
  const viewport = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => viewport.current,
    estimateSize: rowSize,
    // Another function would have all places measured again.
    getItemKey: useCallback((index: number) => ids[index] ?? index, [ids]),
    overscan: 6,
    initialOffset,
    // Rows that come into sight are drawn between two frames: to draw and to paint them in one holds up a hand.
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const firstShown = items.at(0)?.index ?? 0;
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => see({ first: firstShown, last: lastShown }), [firstShown, lastShown, see]);

  useEffect(() => {
    if (!focusDue) return;
    const link = viewport.current?.querySelector<HTMLElement>(`[data-index="${active}"] a`);
    if (link === null || link === undefined) return;
    link.focus({ preventScroll: true });
    setFocusDue(false);
  });

  const moveTo = (target: number): void => {
    virtualizer.scrollToIndex(target, { align: 'auto' });
    setActive(target);
    setFocusDue(true);
  };
  useImperativeHandle(ref, () => ({
    focusRow: () => {
      if (ids.length === 0) return false;
      moveTo(Math.min(active, ids.length - 1));
      return true;
    },
  }));

  const goOn = (event: KeyboardEvent<HTMLElement>): void => {
    const page = Math.max(1, Math.floor((viewport.current?.clientHeight ?? 0) / rowHeightPx) - 1);
    const target = targetOf(event.key, active, ids.length, page);
    if (target === null) return;
    event.preventDefault();
    moveTo(target);
  };
  // The same function for ever, so that a row is drawn again only for its own sake.
  const latestGoOn = useRef(goOn);
  useLayoutEffect(() => {
    latestGoOn.current = goOn;
  });
  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => latestGoOn.current(event), []);

  return (
    <div
      ref={viewport}
      className={styles.viewport}
      onScroll={(event) => keepScroll(event.currentTarget.scrollTop)}
      // The rows' links take the focus; without this a scrollable box would be a tab stop of its own.
      tabIndex={-1}
    >
      <ol className={styles.rows} aria-label={t('nav.orders')} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const id = ids[item.index];
          return id === undefined ? null : (
            <li
              key={item.key}
              data-index={item.index}
              aria-posinset={item.index + 1}
              aria-setsize={total}
              className={styles.slot}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              <OrderRowView
                id={id}
                index={item.index}
                tabbable={item.index === active}
                onFocus={setActive}
                onKeyDown={onKeyDown}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
};
