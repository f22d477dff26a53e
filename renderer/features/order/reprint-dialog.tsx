import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { itemName } from './item-name.ts';
import { ReprintList } from './reprint-list.tsx';

interface ReprintDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: ItemView;
}

const ReprintForm = ({ onClose, item }: Omit<ReprintDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const reprint = useOrder((state) => state.reprint);
  const { busy, run } = useAction();
  const [reason, setReason] = useState('');
  const submit = async (): Promise<void> => {
    if (await run(() => reprint(item.id, reason.trim()))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t('reprint.title', { number: item.number, title: itemName(item) })}
      submitText={t('reprint.submit')}
      busy={busy}
      complete={reason.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <p>{t('reprint.text', { count: item.copies })}</p>
      <ReprintList reprints={item.reprints} />
      <Textarea
        data-autofocus
        required
        autosize
        minRows={3}
        label={t('reprint.reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  );
};

/** Has an item made again inside the shop, and asks why. */
export const ReprintDialog = ({ opened, ...rest }: ReprintDialogProps) => (opened ? <ReprintForm {...rest} /> : null);
