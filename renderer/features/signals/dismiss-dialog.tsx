import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { useOutbox } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { isCommand, useSignalName } from '../../ui/use-signal-name.ts';

interface DismissDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly signal: OutboxView;
}

/** What is being said: that it did happen, or that it is given up; a command is carried out, a signal arrives. */
const meaningOf = (signal: OutboxView): 'arrived' | 'wasDone' | 'dismiss' | 'dismissCommand' => {
  if (isCommand(signal)) return signal.state === 'maybe' ? 'wasDone' : 'dismissCommand';
  return signal.state === 'maybe' ? 'arrived' : 'dismiss';
};

const DismissForm = ({ onClose, signal }: Omit<DismissDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const dismiss = useOutbox((state) => state.dismiss);
  const { busy, run } = useAction();
  const nameOf = useSignalName();
  const meaning = meaningOf(signal);
  const [reason, setReason] = useState(signal.state === 'maybe' ? t('dismiss.seen') : '');
  const submit = async (): Promise<void> => {
    if (await run(() => dismiss(signal.id, reason.trim()))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t(`dismiss.${meaning}.title`, { name: nameOf(signal) })}
      submitText={t(`dismiss.${meaning}.submit`)}
      busy={busy}
      complete={reason.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <p>{t(`dismiss.${meaning}.text`)}</p>
      <Textarea
        data-autofocus
        required
        autosize
        minRows={2}
        label={t('dismiss.reason')}
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
