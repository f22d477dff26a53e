import { type RefObject, useDeferredValue, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useChosenOrders, useOrders } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ListScreen } from '../../ui/list-screen.tsx';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { ChosenOrdersBar } from './chosen-orders-bar.tsx';
import { OrdersFilterBar } from './orders-filter-bar.tsx';
import { OrdersList, type OrdersListHandle } from './orders-list.tsx';
import { StartReport } from './start-report.tsx';
import { useOrdersKeys } from './use-orders-keys.ts';

const Content = ({ list }: { readonly list: RefObject<OrdersListHandle | null> }) => {
  const { t } = useTranslation();
  const load = useOrders((state) => state.load);
  const filter = useOrders((state) => state.filter);
  const isEmpty = useOrders((state) => state.list.ids.length === 0);
  // To leave another screen and to draw the rows are two tasks: together they would hold up a hand.
  const drawsRows = useDeferredValue(true, false);
  if (load.kind !== 'ready') return <LoadNotice load={load} />;
  if (!isEmpty) return drawsRows && <OrdersList ref={list} />;
  const filtered =
    filter.stage !== null ||
    filter.connection !== null ||
    filter.lane !== null ||
    filter.problemsOnly ||
    filter.selection !== null ||
    filter.search.trim() !== '';
  return filtered ? (
    <ScreenState mark="plain" title={t('orders.noneMatch.title')}>
      {t('orders.noneMatch.text')}
    </ScreenState>
  ) : (
    <ScreenState mark="done" title={t(filter.openOnly ? 'orders.noneOpen.title' : 'orders.none.title')}>
      {t(filter.openOnly ? 'orders.noneOpen.text' : 'orders.none.text')}
    </ScreenState>
  );
};

const ChooseButton = () => {
  const { t } = useTranslation();
  const choosing = useChosenOrders((state) => state.chosen !== null);
  const begin = useChosenOrders((state) => state.begin);
  const end = useChosenOrders((state) => state.end);
  return (
    <ActionButton pressed={choosing} onClick={choosing ? end : begin}>
      {t('orders.select')}
    </ActionButton>
  );
};

/** All orders of all platforms, the most urgent first. */
export const OrdersScreen = () => {
  const { t } = useTranslation();
  const load = useOrders((state) => state.load);
  const total = useOrders((state) => state.list.total);
  const newCount = useOrders((state) => state.list.newIds.length);
  const stale = useOrders((state) => state.list.stale);
  const showNew = useOrders((state) => state.showNew);
  const chosen = useChosenOrders((state) => state.chosen);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<OrdersListHandle>(null);
  useOrdersKeys(search, list);
  return (
    <ListScreen
      label={t('nav.orders')}
      head={<OrdersFilterBar searchRef={search} />}
      tools={<ChooseButton />}
      foot={chosen === null ? <StartReport /> : <ChosenOrdersBar chosen={chosen} />}
      text={t('orders.shown', { count: total })}
      newText={t('orders.new', { count: newCount })}
      newCount={newCount}
      stale={stale}
      load={load}
      onShow={showNew}
    >
      <Content list={list} />
    </ListScreen>
  );
};
