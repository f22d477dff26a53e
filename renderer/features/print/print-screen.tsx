import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../main/contract/orders.ts';
import { useLink, useOrder, usePages, useStation } from '../../app-context.ts';
import { orderHref, type PrintSheet } from '../../client/route.ts';
import type { OrderRef } from '../../stores/order-store.ts';
import buttonStyles from '../../ui/action-button.module.css';
import { ActionButton } from '../../ui/action-button.tsx';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { takesSignals, usePlatform } from '../../ui/use-platform.ts';
import { LinkBar } from '../shell/link-bar.tsx';
import { JobTickets } from './job-tickets.tsx';
import { PackingSlip } from './packing-slip.tsx';
import styles from './print-screen.module.css';
import { printedItems } from './printed-items.ts';
import { senderOf } from './sender.ts';
import { undrawnPictures } from './ticket-pictures.ts';

interface PrintScreenProps {
  readonly sheet: PrintSheet;
  readonly orderRef: OrderRef;
}

/** Names the page for as long as it is open: a browser takes it for the name of the printed file. */
const usePageTitle = (title: string): void => {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
};

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
  const count = printedItems(order).length;
  usePageTitle(t(sheet === 'ticket' ? 'ticket.documentTitle' : 'slip.documentTitle', { order: order.externalId }));
  return (
    <>
      <header className={styles.bar}>
        <a
          className={buttonStyles.button}
          data-weight="quiet"
          href={orderHref(order.id)}
          aria-label={t('print.back')}
          title={t('print.back')}
        >
          <IconArrowLeft size={28} aria-hidden />
        </a>
        <div className={styles.words} aria-live="polite">
          <strong>
            {t(sheet === 'ticket' ? 'ticket.documentTitle' : 'slip.documentTitle', { order: order.externalId })}
          </strong>
          {undrawn > 0 && <StatusMark mark="moving">{t('print.drawing', { count: undrawn })}</StatusMark>}
          {sheet === 'slip' && sender.kind === 'missing' && (
            <StatusMark mark="attention">{t('slip.noSender')}</StatusMark>
          )}
        </div>
        <ActionButton
          size="main"
          weight="strong"
          icon={<IconPrinter size={28} aria-hidden />}
          busy={undrawn > 0}
          disabled={count === 0}
          onClick={() => window.print()}
        >
          {t('print.button')}
        </ActionButton>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get into it */}
      <main className={styles.sheets} tabIndex={0}>
        {count === 0 && <ScreenState mark="ended" title={t('print.none')} />}
        {count > 0 &&
          (sheet === 'ticket' ? (
            <JobTickets order={order} printedAt={printedAt} />
          ) : (
            <PackingSlip order={order} sender={sender} />
          ))}
      </main>
    </>
  );
};

/** An order's sheets of paper, as they will be printed. Nothing is printed before somebody says so. */
export const PrintScreen = ({ sheet, orderRef }: PrintScreenProps) => {
  const open = useOrder((state) => state.open);
  const load = useOrder((state) => state.load);
  const order = useOrder((state) => state.order);
  const isLinked = useLink((state) => state.link.kind === 'connected');
  useEffect(() => open(orderRef), [open, orderRef]);
  return (
    <div className={styles.screen}>
      {!isLinked && (
        <div className={styles.link}>
          <LinkBar />
        </div>
      )}
      {order === null ? <LoadNotice load={load} /> : <Sheets sheet={sheet} order={order} />}
    </div>
  );
};
