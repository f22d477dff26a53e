import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { usePlatform } from '../../ui/use-platform.ts';
import { itemName } from './item-name.ts';

interface CancelDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: ItemView;
  readonly order: OrderView;
}

/** What stands for the cause where the platform has none: it is only written down here. */
const onlyCause = 'other';

const CancelForm = ({ onClose, item, order }: Omit<CancelDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const signal = useOrder((state) => state.signal);
  const platform = usePlatform(order.platform);
  const causes = platform?.cancelCauses ?? [];
  const isTold = causes.length > 0;
  const { busy, run } = useAction();
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState('');
  const cause = isTold ? chosen : onlyCause;
  const submit = async (): Promise<void> => {
    if (cause === null) return;
    if (await run(() => signal(item.id, { kind: 'cancel', cause, text: text.trim() }))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t(order.lane === 'outsourced' ? 'cancel.closeTitle' : 'cancel.title', {
        number: item.number,
        title: itemName(item),
      })}
      submitText={t(order.lane === 'outsourced' ? 'cancel.closeSubmit' : 'cancel.submit')}
      busy={busy}
      complete={cause !== null && text.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <p>{isTold ? t('cancel.final') : t('cancel.onlyHere', { platform: platform?.name ?? order.platform })}</p>
      {isTold && (
        <Select
          data-autofocus
          required
          searchable
          label={t('cancel.cause')}
          placeholder={t('cancel.pick')}
          nothingFoundMessage={t('cancel.noCause')}
          data={causes.map(({ code, text: words }) => ({ value: code, label: words }))}
          value={cause}
          onChange={setChosen}
        />
      )}
      <Textarea
        data-autofocus={isTold ? undefined : true}
        required
        autosize
        minRows={3}
        label={t('cancel.text')}
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {isTold && <p>{t('undo.promise')}</p>}
    </DialogForm>
  );
};

/** Ends an item for good, with one of the platform's own causes where it has some. */
export const CancelDialog = ({ opened, onClose, item, order }: CancelDialogProps) =>
  opened ? <CancelForm onClose={onClose} item={item} order={order} /> : null;
