import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { SelectionBar } from '../../ui/selection-bar.tsx';
import { useAction } from '../../ui/use-action.ts';
import { usePlatform } from '../../ui/use-platform.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import styles from './item-buttons.module.css';
import { itemsForStep } from './item-steps.ts';
import { ShipDialog } from './ship-dialog.tsx';
import { toldKinds } from './told-kinds.ts';

interface ItemSelectionBarProps {
  readonly order: OrderView;
  /** Those with work left that are chosen. */
  readonly selected: readonly ItemView[];
  readonly onClear: () => void;
}

/** How many of the chosen items a button is for, where it is not for all. */
const OfThem = ({
  items,
  selected,
}: {
  readonly items: readonly ItemView[];
  readonly selected: readonly ItemView[];
}) => {
  const { t } = useTranslation();
  if (items.length === selected.length) return null;
  return <span className={styles.told}>{t('selection.ofThem', { count: items.length })}</span>;
};

/** What can be said of several items of an order at once. What cannot be said of one of them is left out, and counted. */
export const ItemSelectionBar = ({ order, selected, onClear }: ItemSelectionBarProps) => {
  const { t } = useTranslation();
  const signal = useOrder((state) => state.signal);
  const kinds = toldKinds(usePlatform(order.platform));
  const { busy, run } = useAction();
  const [dialog, setDialog] = useState<'ship' | 'cancel' | null>(null);
  const shippable = itemsForStep(selected, 'shipped');
  return (
    <SelectionBar
      text={t('selection.items', { count: selected.length })}
      clearText={t('selection.clear')}
      onClear={onClear}
    >
      {(['produced', 'packed'] as const)
        .filter((step) => kinds.includes(step))
        .map((step) => {
          const items = itemsForStep(selected, step);
          return (
            <ActionButton
              key={step}
              size="main"
              busy={busy}
              disabled={items.length === 0}
              onClick={() =>
                void run(
                  () =>
                    signal(
                      items.map(({ id }) => id),
                      { kind: step },
                    ),
                  t('selection.said', {
                    kind: t(`actionKind.${step}`),
                    items: t('orders.items', { count: items.length }),
                  }),
                )
              }
            >
              {t(`step.${step}`)}
              <OfThem items={items} selected={selected} />
            </ActionButton>
          );
        })}
      {kinds.includes('shipped') && (
        <ActionButton size="main" disabled={shippable.length === 0} onClick={() => setDialog('ship')}>
          {t('step.shipped')}
          <OfThem items={shippable} selected={selected} />
        </ActionButton>
      )}
      {kinds.includes('cancel') && (
        <ActionButton size="main" onClick={() => setDialog('cancel')}>
          {t('step.cancel')}
        </ActionButton>
      )}
      <ShipDialog opened={dialog === 'ship'} onClose={() => setDialog(null)} order={order} items={shippable} />
      <CancelDialog opened={dialog === 'cancel'} onClose={() => setDialog(null)} order={order} items={selected} />
    </SelectionBar>
  );
};
