import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrintSheet } from '../../client/route.ts';
import type { OrderRef } from '../../stores/order-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';

/** The page is older than the station, or the station is gone: this part of it is not there any more. */
const NotLoaded = () => {
  const { t } = useTranslation();
  return (
    <ScreenState mark="attention" title={t('screen.failed')}>
      <ActionButton size="main" weight="strong" onClick={() => window.location.reload()}>
        {t('screen.reload')}
      </ActionButton>
    </ScreenState>
  );
};

/** Loaded when it is first shown: few screens ever draw a bar code. */
const PrintScreen = lazy(() =>
  import('./print-screen.tsx').then(
    (module) => ({ default: module.PrintScreen }),
    () => ({ default: NotLoaded }),
  ),
);

/** Job tickets or the packing slip of an order. */
export const LazyPrintScreen = (props: { readonly sheet: PrintSheet; readonly orderRef: OrderRef }) => (
  <Suspense fallback={<LoadNotice load={{ kind: 'loading' }} />}>
    <PrintScreen {...props} />
  </Suspense>
);
