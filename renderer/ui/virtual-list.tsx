import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './virtual-list.module.css';

interface VirtualListProps {
  readonly ids: readonly number[];
  /** How many there are in all, loaded or not. */
  readonly total: number;
  /** Every row has this height, so that no row moves when another changes. */
  readonly rowHeightPx: number;
  readonly label: string;
  readonly loadMore: () => void;
  readonly renderRow: (id: number) => ReactNode;
}

/** How near the end the next page is asked for, in rows. */
const loadAhead = 40;

/** A long list of rows with actions of their own; only those in sight are in the page. */
export const VirtualList = ({ ids, total, rowHeightPx, label, loadMore, renderRow }: VirtualListProps) => {
  const viewport = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 4,
  });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= ids.length - loadAhead) loadMore();
  }, [lastShown, ids.length, loadMore]);
  return (
    <div ref={viewport} className={styles.viewport}>
      <ol className={styles.rows} aria-label={label} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const id = ids[item.index];
          return id === undefined ? null : (
            <li
              key={item.key}
              className={styles.slot}
              aria-posinset={item.index + 1}
              aria-setsize={total}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {renderRow(id)}
            </li>
          );
        })}
      </ol>
    </div>
  );
};
