import { type KeyboardEvent, type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderRow } from '../../../main/contract/orders.ts';
import { useChosenOrders, useConnections, useOrders } from '../../app-context.ts';
import { orderHref } from '../../client/route.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { type Mark, stageMark } from '../../ui/marks.ts';
import { OutsourcedBadge } from '../../ui/outsourced-badge.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ReorderBadge } from '../../ui/reorder-badge.tsx';
import { shipBySoonMs } from '../../ui/soon.ts';
import { MarkShape, StatusMark } from '../../ui/status-mark.tsx';
import { useLineWords } from '../../ui/use-line-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './order-row.module.css';

/** The mark at the left edge: only what is out of the ordinary has one, so that it is seen from afar. */
const rowMark = (row: OrderRow): Mark | null => {
  if (row.problemCount > 0) return 'attention';
  return row.held ? 'held' : null;
};

/** The share of its files' bytes that an order has; of its files when no platform told the sizes. */
const fetchedShare = (row: OrderRow): number => {
  if (row.bytesExpected > 0) return row.bytesReceived / row.bytesExpected;
  return row.filesTotal > 0 ? row.filesReady / row.filesTotal : 0;
};

const isOpen = (row: OrderRow): boolean => row.stage !== 'shipped' && row.stage !== 'cancelled';

/** Whether something can be said of an order's items from the list: there is work left, and it is ours. */
export const canBeChosen = (row: OrderRow): boolean => isOpen(row) && row.lane === 'own';

const ShipBy = ({ row }: { readonly row: OrderRow }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  if (row.shipBy === null) return <span className={styles.dim}>{t('orders.noShipBy')}</span>;
  return (
    <>
      <span>{t('orders.shipBy', { time: words.moment(row.shipBy, now) })}</span>
      {isOpen(row) && <Countdown due={row.shipBy} soonMs={shipBySoonMs} />}
    </>
  );
};

const StageCell = ({ row }: { readonly row: OrderRow }) => {
  const { t } = useTranslation();
  // A bar that stands still would claim that something moves.
  const fetching =
    row.problem === null && row.filesReady < row.filesTotal && (row.stage === 'fetching' || row.stage === 'registered');
  return (
    <>
      <StatusMark mark={row.held ? 'held' : stageMark(row.stage)} size={20}>
        {row.held ? t('orders.heldAt', { stage: t(`stage.${row.stage}`) }) : t(`stage.${row.stage}`)}
      </StatusMark>
      {fetching && <ProgressBar share={fetchedShare(row)} label={t('orders.fetched')} />}
      {!fetching && row.filesReady < row.filesTotal && isOpen(row) && (
        <span className={styles.dim}>{t('orders.filesReady', { ready: row.filesReady, count: row.filesTotal })}</span>
      )}
    </>
  );
};

/** What is to be made, how much of it, how far it is, and until when. */
const OrderFacts = ({ row }: { readonly row: OrderRow }) => {
  const { t } = useTranslation();
  const lineWords = useLineWords();
  return (
    <>
      <span className={styles.what}>
        <span className={styles.customer}>
          {row.customer || row.titles}
          {row.reference !== '' && <span className={styles.dim}> · {row.reference}</span>}
        </span>
        {row.problem === null ? (
          <span className={styles.titles}>{row.customer === '' ? '' : row.titles}</span>
        ) : (
          <span className={styles.problem} title={lineWords(row.problem)}>
            {lineWords(row.problem)}
            {row.problemCount > 1 && ` ${t('orders.moreProblems', { count: row.problemCount - 1 })}`}
          </span>
        )}
      </span>
      <span className={styles.amount}>
        <span>{t('orders.items', { count: row.itemCount })}</span>
        <span className={styles.dim}>{t('orders.copies', { count: row.copies })}</span>
      </span>
      <span className={styles.stage}>
        <StageCell row={row} />
      </span>
      <span className={styles.due}>
        <ShipBy row={row} />
      </span>
    </>
  );
};

const Badges = ({ row }: { readonly row: OrderRow }) => {
  const connectionName = useConnections(
    (state) => state.connections.find((connection) => connection.id === row.connection)?.name,
  );
  return (
    <span className={styles.badges}>
      {row.reorder && <ReorderBadge />}
      {row.lane === 'outsourced' && <OutsourcedBadge />}
      <span className={styles.dim}>{connectionName ?? row.connection}</span>
    </span>
  );
};

interface OrderRowViewProps {
  readonly id: number;
  readonly index: number;
  readonly tabbable: boolean;
  readonly onFocus: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * One order. The whole row is the link to it; while orders are chosen, a tap on it chooses it, and Enter still opens it.
 * The link is there before the order is known, so that a key that leads to it finds it.
 */
export const OrderRowView = memo(({ id, index, tabbable, onFocus, onKeyDown }: OrderRowViewProps) => {
  const { t } = useTranslation();
  const row = useOrders((state) => state.list.rows[id]);
  const chosen = useChosenOrders((state) => state.chosen?.has(id) ?? null);
  const choose = useChosenOrders((state) => state.choose);
  const mark = row === undefined ? null : rowMark(row);
  const choosable = row !== undefined && canBeChosen(row);
  const toggle = (): void => {
    if (choosable) choose([id], chosen !== true);
  };
  const onClick = (event: MouseEvent): void => {
    // A click that no pointer made is Enter.
    if (chosen === null || event.detail === 0) return;
    event.preventDefault();
    toggle();
  };
  const onLinkKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (chosen !== null && event.key === ' ') {
      event.preventDefault();
      toggle();
    } else {
      onKeyDown(event);
    }
  };
  return (
    <div
      className={styles.row}
      aria-busy={row === undefined || undefined}
      data-closed={row === undefined || isOpen(row) ? undefined : true}
      data-choosing={chosen !== null || undefined}
      data-chosen={chosen === true || undefined}
    >
      {chosen !== null && (
        <span className={styles.choice}>
          <CheckBox
            label={t('orders.choose', { id: row?.externalId ?? '' })}
            checked={chosen}
            disabled={!choosable}
            onChange={(isChosen) => choose([id], isChosen)}
          />
        </span>
      )}
      <span className={styles.mark}>{mark !== null && <MarkShape mark={mark} size={28} />}</span>
      <span className={styles.number}>
        <a
          className={styles.link}
          href={orderHref(id)}
          tabIndex={tabbable ? 0 : -1}
          onFocus={() => onFocus(index)}
          onKeyDown={onLinkKeyDown}
          onClick={onClick}
        >
          {row?.externalId ?? '…'}
        </a>
        {row !== undefined && <Badges row={row} />}
      </span>
      {row !== undefined && <OrderFacts row={row} />}
    </div>
  );
});
