import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionView, PlatformView } from '../../../main/contract/connections.ts';
import { useConnections } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { draftOfConnection, isConnectionComplete, settledDraft } from './connection-draft.ts';
import { ConnectionFields } from './connection-fields.tsx';

interface ConnectionDialogProps {
  readonly platform: PlatformView;
  /** Null adds a new one. */
  readonly connection: ConnectionView | null;
  readonly onClose: () => void;
}

/** Adds or changes a connection. Secrets are only written here, never shown. */
export const ConnectionDialog = ({ platform, connection, onClose }: ConnectionDialogProps) => {
  const { t } = useTranslation();
  const save = useConnections((state) => state.save);
  const { busy, run } = useAction();
  const [draft, setDraft] = useState(() => draftOfConnection(platform, connection));
  const submit = async (): Promise<void> => {
    const done = await run(
      () => save(settledDraft(draft)),
      ({ connection: saved }) => t('connectionForm.saved', { name: saved.name }),
    );
    if (done) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={
        connection === null
          ? t('connectionForm.add', { platform: platform.name })
          : t('connectionForm.edit', { name: connection.name })
      }
      submitText={t('connectionForm.save')}
      busy={busy}
      complete={isConnectionComplete(draft, platform, connection)}
      onSubmit={() => void submit()}
    >
      <ConnectionFields platform={platform} connection={connection} draft={draft} onChange={setDraft} />
    </DialogForm>
  );
};
