import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../../main/contract/connections.ts';
import { useConnections } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';

interface RemoveDialogProps {
  readonly connection: ConnectionView;
  readonly onClose: () => void;
}

/** Asks once more before a connection and its keys are forgotten. */
export const RemoveDialog = ({ connection, onClose }: RemoveDialogProps) => {
  const { t } = useTranslation();
  const remove = useConnections((state) => state.remove);
  const { busy, run } = useAction();
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t('connectionForm.removeTitle', { name: connection.name })}
      submitText={t('connectionForm.remove')}
      busy={busy}
      complete
      onSubmit={() => void run(() => remove(connection.id)).then(onClose)}
    >
      <p>{t('connectionForm.removeText')}</p>
    </DialogForm>
  );
};
