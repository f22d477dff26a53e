import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { takesSignals, usePlatform } from '../../ui/use-platform.ts';
import { itemName } from './item-name.ts';

/** What is shipped with one tracking number. */
export type ShipTarget =
  | { readonly kind: 'item'; readonly order: OrderView; readonly item: ItemView }
  | { readonly kind: 'order'; readonly order: OrderView; readonly itemCount: number };

interface ShipDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly target: ShipTarget;
}

const ShipForm = ({ onClose, target }: Omit<ShipDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const signal = useOrder((state) => state.signal);
  const ship = useOrder((state) => state.ship);
  const platform = usePlatform(target.order.platform);
  const { busy, run } = useAction();
  const [tracking, setTracking] = useState('');
  const [option, setOption] = useState(target.order.shippingMethod);
  const submit = async (): Promise<void> => {
    const shippingOption = option.trim();
    const done = await run(() =>
      target.kind === 'order'
        ? ship(target.order.id, tracking.trim(), shippingOption)
        : signal(target.item.id, {
            kind: 'shipped',
            tracking: tracking.trim(),
            ...(shippingOption === '' ? {} : { shippingOption }),
          }),
    );
    if (done) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={
        target.kind === 'order'
          ? t('ship.titleAll', { count: target.itemCount })
          : t('ship.title', { number: target.item.number, title: itemName(target.item) })
      }
      submitText={target.kind === 'order' ? t('ship.submitAll', { count: target.itemCount }) : t('ship.submit')}
      busy={busy}
      complete={tracking.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <TextInput
        data-autofocus
        required
        label={t('ship.tracking')}
        maxLength={200}
        value={tracking}
        onChange={(event) => setTracking(event.currentTarget.value)}
      />
      <TextInput
        label={t('ship.option')}
        description={t('ship.optionHelp')}
        maxLength={200}
        value={option}
        onChange={(event) => setOption(event.currentTarget.value)}
      />
      <p>
        {platform === undefined || takesSignals(platform)
          ? t('undo.promise')
          : t('step.onlyHere', { platform: platform.name })}
      </p>
    </DialogForm>
  );
};

/** Asks for the tracking number of one item, or of all that are left. */
export const ShipDialog = ({ opened, onClose, target }: ShipDialogProps) =>
  opened ? <ShipForm onClose={onClose} target={target} /> : null;
