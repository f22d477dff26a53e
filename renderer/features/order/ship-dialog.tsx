import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { takesSignals, usePlatform } from '../../ui/use-platform.ts';
import { itemName } from './item-name.ts';

interface ShipDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly order: OrderView;
  /** What is shipped with one tracking number. */
  readonly items: readonly ItemView[];
  /** Everything that is left of the order, whatever becomes of it while the number is typed. */
  readonly whole?: boolean;
}

const ShipForm = ({ onClose, order, items, whole = false }: Omit<ShipDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const signal = useOrder((state) => state.signal);
  const ship = useOrder((state) => state.ship);
  const platform = usePlatform(order.platform);
  const { busy, run } = useAction();
  const [tracking, setTracking] = useState('');
  const [option, setOption] = useState(order.shippingMethod);
  const [only] = items.length === 1 && !whole ? items : [];
  const submit = async (): Promise<void> => {
    const number = tracking.trim();
    const shippingOption = option.trim();
    const done = await run(() =>
      whole
        ? ship(order.id, number, shippingOption)
        : signal(
            items.map(({ id }) => id),
            { kind: 'shipped', tracking: number, ...(shippingOption === '' ? {} : { shippingOption }) },
          ),
    );
    if (done) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={
        only === undefined
          ? t('ship.titleAll', { count: items.length })
          : t('ship.title', { number: only.number, title: itemName(only) })
      }
      submitText={only === undefined ? t('ship.submitAll', { count: items.length }) : t('ship.submit')}
      busy={busy}
      complete={tracking.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <TextInput
        data-autofocus
        data-scan="tracking"
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

/** Asks for the tracking number of one item, of several, or of all that are left. */
export const ShipDialog = ({ opened, ...rest }: ShipDialogProps) => (opened ? <ShipForm {...rest} /> : null);
