import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionView, PlatformView } from '../../../main/contract/connections.ts';
import { useConnections } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { draftOfConnection, freeConnectionId, isConnectionComplete, settledDraft } from './connection-draft.ts';
import { ConnectionFields } from './connection-fields.tsx';

interface ConnectionDialogProps {
  readonly platform: PlatformView;
  /** Null adds a new one. */
  readonly connection: ConnectionView | null;
  readonly onClose: () => void;
}

/** Adds or changes a connection. Secrets are only written here, never shown. */
export const ConnectionDialog = ({ platform, connection: given, onClose }: ConnectionDialogProps) => {
  const { t } = useTranslation();
  const save = useConnections((state) => state.save);
  const connections = useConnections((state) => state.connections);
  const { busy, run } = useAction();
  const [connection, setConnection] = useState(given);
  const [draft, setDraft] = useState(() => {
    const fresh = draftOfConnection(platform, connection);
    const taken = connections.map((known) => known.id);
    return connection === null ? { ...fresh, id: freeConnectionId(platform.id, taken) } : fresh;
  });
  const taken = connection === null && connections.some((known) => known.id === draft.id);
  // What a platform offers can be asked for once its keys are stored: then the form stays open for the choice.
  const goesOn = connection === null && platform.fields.some((field) => field.offersChoices === true);
  const submit = async (): Promise<void> => {
    const done = await run(
      async () => {
        const outcome = await save(settledDraft(draft));
        if (outcome.kind === 'done' && goesOn) setConnection(outcome.value.connection);
        return outcome;
      },
      ({ connection: saved }) =>
        t(goesOn ? 'connectionForm.savedChoose' : 'connectionForm.saved', { name: saved.name }),
    );
    if (done && !goesOn) onClose();
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
      complete={isConnectionComplete(draft, platform, connection) && !taken}
      {...(taken ? { missing: t('connectionForm.idTaken') } : {})}
      onSubmit={() => void submit()}
    >
      <ConnectionFields platform={platform} connection={connection} draft={draft} onChange={setDraft} />
    </DialogForm>
  );
};
