import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import { useLink, useOrder, usePages, useStation } from '../../app-context.ts';
import { orderHref, type PrintSheet } from '../../client/route.ts';
import type { OrderRef } from '../../stores/order-store.ts';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { takesSignals, usePlatform } from '../../ui/use-platform.ts';
import { LinkBar } from '../shell/link-bar.tsx';
import { JobTickets } from './job-tickets.tsx';
import { PackingSlip } from './packing-slip.tsx';
import { PaperScreen } from './paper-screen.tsx';
import styles from './print-screen.module.css';
import { printedItems } from './printed-items.ts';
import { senderOf } from './sender.ts';
import { undrawnPictures } from './ticket-pictures.ts';

interface PrintScreenProps {
  readonly sheet: PrintSheet;
  readonly orderRef: OrderRef;
}

const useSender = (order: OrderView) => {
  const shop = useStation((state) => state.station?.name ?? '');
  const platform = usePlatform(order.platform);
  // A platform that is told of each shipment prescribes the sender; for others the shop sends under its own name.
  const prescribed = order.lane === 'own' && platform !== undefined && takesSignals(platform);
  return senderOf({ consignor: order.consignor, prescribed, shop });
};

const Sheets = ({ sheet, order }: { readonly sheet: PrintSheet; readonly order: OrderView }) => {
  const { t } = useTranslation();
  const sender = useSender(order);
  const [printedAt] = useState(() => Date.now());
  const undrawn = usePages((state) => (sheet === 'ticket' ? undrawnPictures(order, state) : 0));
  const isEmpty = printedItems(order).length === 0;
  return (
    <PaperScreen
      title={t(sheet === 'ticket' ? 'ticket.documentTitle' : 'slip.documentTitle', { order: order.externalId })}
      back={{ href: orderHref(order.id), label: t('print.back') }}
      notes={
        <>
          {undrawn > 0 && <StatusMark mark="moving">{t('print.drawing', { count: undrawn })}</StatusMark>}
          {sheet === 'slip' && sender.kind === 'missing' && (
            <StatusMark mark="attention">{t('slip.noSender')}</StatusMark>
          )}
        </>
      }
      busy={undrawn > 0}
      empty={isEmpty}
    >
      {isEmpty && <ScreenState mark="ended" title={t('print.none')} />}
      {!isEmpty && sheet === 'ticket' && <JobTickets order={order} printedAt={printedAt} />}
      {!isEmpty && sheet === 'slip' && <PackingSlip order={order} sender={sender} />}
    </PaperScreen>
  );
};

/** An order's sheets of paper. */
export const PrintScreen = ({ sheet, orderRef }: PrintScreenProps) => {
  const open = useOrder((state) => state.open);
  const load = useOrder((state) => state.load);
  const order = useOrder((state) => state.order);
  const isLinked = useLink((state) => state.link.kind === 'connected');
  useEffect(() => open(orderRef), [open, orderRef]);
  return (
    <>
      {!isLinked && (
        <div className={styles.link}>
          <LinkBar />
        </div>
      )}
      {order === null ? <LoadNotice load={load} /> : <Sheets sheet={sheet} order={order} />}
    </>
  );
};
