import i18next from 'i18next';
import { useMemo } from 'react';
import { useStores } from '../../app-context.ts';
import { goTo, hrefOf, orderHref } from '../../client/route.ts';
import { initialOrdersFilter } from '../../stores/orders-filter.ts';
import { createScanDesk, type ScanDesk } from './scan-desk.ts';

/** What does with a scan whatever it means. It keeps nothing itself: all is in the stores. */
export const useScanDesk = (): ScanDesk => {
  const stores = useStores();
  return useMemo(
    () =>
      createScanDesk({
        scanner: () => stores.scanner.getState(),
        order: () => stores.order.getState(),
        actions: () => stores.actions.getState(),
        platformOf: ({ platform }) => stores.connections.getState().platforms.find(({ id }) => id === platform),
        openOrder: (id) => goTo(orderHref(id)),
        searchOrders: (text) => {
          stores.orders.getState().setFilter({ ...initialOrdersFilter, openOnly: false, search: text });
          goTo(hrefOf('orders'));
        },
        holdNote: () => i18next.t('scanner.heldNote'),
      }),
    [stores],
  );
};
