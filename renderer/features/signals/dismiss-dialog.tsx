import { useTranslation } from 'react-i18next';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { useOutbox } from '../../app-context.ts';
import { useAction } from '../../ui/use-action.ts';
import { isCommand, useSignalName } from '../../ui/use-signal-name.ts';
import { WordsDialog } from '../../ui/words-dialog.tsx';

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

/** Ends a signal without sending it again; the reason is kept in the history. */
export const DismissDialog = ({ opened, onClose, signal }: DismissDialogProps) => {
  const { t } = useTranslation();
  const dismiss = useOutbox((state) => state.dismiss);
  const { busy, run } = useAction();
  const nameOf = useSignalName();
  if (!opened) return null;
  const meaning = meaningOf(signal);
  return (
    <WordsDialog
      onClose={onClose}
      title={t(`dismiss.${meaning}.title`, { name: nameOf(signal) })}
      submitText={t(`dismiss.${meaning}.submit`)}
      label={t('dismiss.reason')}
      minRows={2}
      initialWords={signal.state === 'maybe' ? t('dismiss.seen') : ''}
      busy={busy}
      onSubmit={async (reason) => {
        if (await run(() => dismiss(signal.id, reason))) onClose();
      }}
    >
      <p>{t(`dismiss.${meaning}.text`)}</p>
    </WordsDialog>
  );
};
