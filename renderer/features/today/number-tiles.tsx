import { useTranslation } from 'react-i18next';
import { type OrderSelection, orderSelections, type TodayView } from '../../../main/contract/today.ts';
import { useOrders } from '../../app-context.ts';
import { hrefOf } from '../../client/route.ts';
import { selectedOrders } from '../../stores/orders-filter.ts';
import type { Mark } from '../../ui/marks.ts';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useWords } from '../../ui/use-words.ts';
import styles from './number-tiles.module.css';

/** The shape of each number, and the one it has when there is nothing to count. */
const marks: Readonly<Record<OrderSelection, readonly [some: Mark, none: Mark]>> = {
  late: ['stopped', 'done'],
  due: ['waiting', 'done'],
  waiting: ['plain', 'plain'],
  held: ['held', 'plain'],
  problems: ['attention', 'done'],
  shipped: ['done', 'plain'],
};

/** Of another day than this only what was shipped is known. */
const knownOfPastDays: readonly OrderSelection[] = ['shipped'];

const Tile = ({ name, today }: { readonly name: OrderSelection; readonly today: TodayView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const setFilter = useOrders((state) => state.setFilter);
  const { count, filter } = today.orders[name];
  const [some, none] = marks[name];
  const mark = count > 0 ? some : none;
  return (
    <li>
      <a
        className={styles.tile}
        data-mark={mark}
        data-size="main"
        href={hrefOf('orders')}
        onClick={() => setFilter(selectedOrders({ name, asOf: today.asOf, filter }))}
      >
        <span className={styles.number}>
          <MarkShape mark={mark} size={40} />
          <strong>{words.count(count)}</strong>
        </span>
        <span className={styles.label}>{t(`today.orders.${name}`)}</span>
        <span className={styles.hint}>{t(`today.hint.${name}`)}</span>
      </a>
    </li>
  );
};

/** How many orders are late, due and so on, to be read from afar; each number leads to its orders. */
export const NumberTiles = ({ today }: { readonly today: TodayView }) => {
  const { t } = useTranslation();
  return (
    <ul className={styles.tiles} aria-label={t('today.numbers')}>
      {(today.isToday ? orderSelections : knownOfPastDays).map((name) => (
        <Tile key={name} name={name} today={today} />
      ))}
    </ul>
  );
};
