import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import styles from './item-buttons.module.css';
import { isWorkLeft } from './item-steps.ts';
import { canBeClosed } from './job-places.ts';

interface CloseButtonProps {
  readonly item: ItemView;
  readonly order: OrderView;
}

/** Nothing of an outsourced item is made here; all that is left to do is to close one that the platform gave up. */
export const CloseButton = ({ item, order }: CloseButtonProps) => {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (!isWorkLeft(item) || !canBeClosed(item, order.jobs)) return null;
  return (
    <fieldset className={styles.more} aria-label={t('item.moreActions')}>
      <ActionButton onClick={() => setAsking(true)}>{t('step.close')}</ActionButton>
      <CancelDialog opened={asking} onClose={() => setAsking(false)} order={order} items={[item]} />
    </fieldset>
  );
};
