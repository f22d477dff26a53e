import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { useOutbox } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';

interface DismissDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly signal: OutboxView;
}

const DismissForm = ({ onClose, signal }: Omit<DismissDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const dismiss = useOutbox((state) => state.dismiss);
  const { busy, run } = useAction();
  const maybe = signal.state === 'maybe';
  const [reason, setReason] = useState(maybe ? t('signals.arrivedReason') : '');
  const submit = async (): Promise<void> => {
    if (await run(() => dismiss(signal.id, reason.trim()))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t(maybe ? 'signals.arrivedTitle' : 'signals.dismissTitle', { name: signal.platformName })}
      submitText={t(maybe ? 'signals.arrivedSubmit' : 'signals.dismissSubmit')}
      busy={busy}
      complete={reason.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <p>{t(maybe ? 'signals.arrivedText' : 'signals.dismissText')}</p>
      <Textarea
        data-autofocus
        required
        autosize
        minRows={2}
        label={t('signals.reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  );
};

/** Ends a signal without sending it again; the reason is kept in the history. */
export const DismissDialog = ({ opened, onClose, signal }: DismissDialogProps) =>
  opened ? <DismissForm onClose={onClose} signal={signal} /> : null;
