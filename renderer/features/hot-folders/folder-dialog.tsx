import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HotFolderView } from '../../../main/contract/hot-folders.ts';
import { useHotFolders } from '../../app-context.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { draftFault, draftOfFolder, newFolderDraft, settingsOfDraft } from './folder-draft.ts';
import { FolderFields } from './folder-fields.tsx';

interface FolderDialogProps {
  readonly onClose: () => void;
  /** Null adds a new one. */
  readonly folder: HotFolderView | null;
}

/** Adds or changes a hot folder. */
export const FolderDialog = ({ onClose, folder }: FolderDialogProps) => {
  const { t } = useTranslation();
  const folders = useHotFolders((state) => state.hotFolders);
  const save = useHotFolders((state) => state.save);
  const { busy, run } = useAction();
  const [draft, setDraft] = useState(folder === null ? newFolderDraft : draftOfFolder(folder));
  const fault = draftFault(draft);
  const submit = async (): Promise<void> => {
    const settings = settingsOfDraft(
      draft,
      folders.map((known) => known.id),
      folder,
    );
    if (await run(() => save(settings), t('folder.saved', { name: settings.name }))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={folder === null ? t('folder.add') : t('folder.edit', { name: folder.name })}
      submitText={t('folder.save')}
      busy={busy}
      complete={fault === null}
      {...(fault === null || fault === 'missing' ? {} : { missing: t(`folder.fault_${fault}`) })}
      onSubmit={() => void submit()}
    >
      <FolderFields draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
    </DialogForm>
  );
};
