import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../main/contract/connections.ts';
import type { ItemView } from '../../../main/contract/orders.ts';
import { useConnections, useOrder } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';

interface CancelDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: ItemView;
  readonly platform: string;
}

const noCauses: PlatformView['cancelCauses'] = [];

const CancelForm = ({ onClose, item, platform }: Omit<CancelDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const signal = useOrder((state) => state.signal);
  const causes = useConnections(
    (state) => state.platforms.find((known) => known.id === platform)?.cancelCauses ?? noCauses,
  );
  const { busy, run } = useAction();
  const [cause, setCause] = useState<string | null>(null);
  const [text, setText] = useState('');
  const submit = async (): Promise<void> => {
    if (cause === null) return;
    if (await run(() => signal(item.id, { kind: 'cancel', cause, text: text.trim() }))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t('cancel.title', { number: item.number, title: item.title })}
      submitText={t('cancel.submit')}
      busy={busy}
      complete={cause !== null && text.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <p>{t('cancel.final')}</p>
      <Select
        data-autofocus
        required
        searchable
        label={t('cancel.cause')}
        placeholder={t('cancel.pick')}
        nothingFoundMessage={t('cancel.noCause')}
        data={causes.map(({ code, text: words }) => ({ value: code, label: words }))}
        value={cause}
        onChange={setCause}
      />
      <Textarea
        required
        autosize
        minRows={3}
        label={t('cancel.text')}
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p>{t('undo.promise')}</p>
    </DialogForm>
  );
};

/** Tells the platform for good that an item cannot be made, with one of the platform's own causes. */
export const CancelDialog = ({ opened, onClose, item, platform }: CancelDialogProps) =>
  opened ? <CancelForm onClose={onClose} item={item} platform={platform} /> : null;
