import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { itemName } from './item-name.ts';

interface HoldDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: ItemView;
}

const HoldForm = ({ onClose, item }: Omit<HoldDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const hold = useOrder((state) => state.hold);
  const { busy, run } = useAction();
  const [note, setNote] = useState('');
  const submit = async (): Promise<void> => {
    if (await run(() => hold(item.id, note.trim()))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t('hold.title', { number: item.number, title: itemName(item) })}
      submitText={t('hold.submit')}
      busy={busy}
      complete={note.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <Textarea
        data-autofocus
        required
        autosize
        minRows={3}
        label={t('hold.note')}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </DialogForm>
  );
};

/** Keeps an item from being handed over, with a note for whoever comes next. */
export const HoldDialog = ({ opened, onClose, item }: HoldDialogProps) =>
  opened ? <HoldForm onClose={onClose} item={item} /> : null;
