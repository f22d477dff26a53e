import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FailedGroup } from '../../../main/contract/outbox.ts';
import { useOutbox } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';

interface DismissGroupDialogProps {
  readonly group: FailedGroup;
  readonly onClose: () => void;
}

/** Ends all signals of a group without sending them again; the reason is kept in each one's history. */
export const DismissGroupDialog = ({ group, onClose }: DismissGroupDialogProps) => {
  const { t } = useTranslation();
  const decide = useOutbox((state) => state.decide);
  const { busy, run } = useAction();
  const maybe = group.standing === 'maybe';
  const [reason, setReason] = useState(maybe ? t('dismiss.seen') : '');
  const { count } = group;
  const submit = async (): Promise<void> => {
    const ended = await run(
      () => decide(group.key, { kind: 'dismiss', reason: reason.trim() }),
      (answer) => t('failed.dismissed', { count: answer.count }),
    );
    if (ended) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={maybe ? t('failed.doneTitle', { count }) : t('failed.dismissTitle', { count })}
      submitText={maybe ? t('dismiss.wasDone.submit') : t('dismiss.dismiss.submit')}
      busy={busy}
      complete={reason.trim() !== ''}
      onSubmit={() => void submit()}
    >
      <p>{maybe ? t('failed.doneText') : t('failed.dismissText')}</p>
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
