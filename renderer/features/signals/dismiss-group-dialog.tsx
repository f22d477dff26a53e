import { useTranslation } from 'react-i18next';
import type { FailedGroup } from '../../../main/contract/outbox.ts';
import { useOutbox } from '../../app-context.ts';
import { useAction } from '../../ui/use-action.ts';
import { WordsDialog } from '../../ui/words-dialog.tsx';

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
  const { count } = group;
  const end = async (reason: string): Promise<void> => {
    const ended = await run(
      () => decide(group.key, { kind: 'dismiss', reason }),
      (answer) => t('failed.dismissed', { count: answer.count }),
    );
    if (ended) onClose();
  };
  return (
    <WordsDialog
      onClose={onClose}
      title={maybe ? t('failed.doneTitle', { count }) : t('failed.dismissTitle', { count })}
      submitText={maybe ? t('dismiss.wasDone.submit') : t('dismiss.dismiss.submit')}
      label={t('dismiss.reason')}
      minRows={2}
      initialWords={maybe ? t('dismiss.seen') : ''}
      busy={busy}
      onSubmit={end}
    >
      <p>{maybe ? t('failed.doneText') : t('failed.dismissText')}</p>
    </WordsDialog>
  );
};
