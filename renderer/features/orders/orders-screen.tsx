import { useTranslation } from 'react-i18next';
import { useOrders } from '../../app-context.ts';
import { ListScreen } from '../../ui/list-screen.tsx';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { OrdersFilterBar } from './orders-filter-bar.tsx';
import { OrdersList } from './orders-list.tsx';
import { StartReport } from './start-report.tsx';

const Content = () => {
  const { t } = useTranslation();
  const load = useOrders((state) => state.load);
  const filter = useOrders((state) => state.filter);
  const isEmpty = useOrders((state) => state.list.ids.length === 0);
  if (load.kind !== 'ready') return <LoadNotice load={load} />;
  if (!isEmpty) return <OrdersList />;
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

/** All orders of all platforms, the most urgent first. */
export const OrdersScreen = () => {
  const { t } = useTranslation();
  const load = useOrders((state) => state.load);
  const total = useOrders((state) => state.list.total);
  const newCount = useOrders((state) => state.list.newIds.length);
  const stale = useOrders((state) => state.list.stale);
  const showNew = useOrders((state) => state.showNew);
  return (
    <ListScreen
      label={t('nav.orders')}
      head={<OrdersFilterBar />}
      foot={<StartReport />}
      text={t('orders.shown', { count: total })}
      newText={t('orders.new', { count: newCount })}
      newCount={newCount}
      stale={stale}
      load={load}
      onShow={showNew}
    >
      <Content />
    </ListScreen>
  );
};
