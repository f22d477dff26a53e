import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotFolders } from '../../app-context.ts';
import type { FolderCheck } from '../../stores/hot-folders-store.ts';
import { CheckSteps } from '../../ui/check-steps.tsx';
import { useAction } from '../../ui/use-action.ts';
import { isFolderComplete, newFolderDraft, settingsOfDraft } from '../hot-folders/folder-draft.ts';
import { FolderFields } from '../hot-folders/folder-fields.tsx';
import { StepForm } from './step-form.tsx';

interface FolderStepProps {
  readonly onNext: () => void;
  readonly onBack: (() => void) | null;
}

/** Checks the folder, and saves it only when a file could be written, renamed and deleted there. */
export const FolderStep = ({ onNext, onBack }: FolderStepProps) => {
  const { t } = useTranslation();
  const folders = useHotFolders((state) => state.hotFolders);
  const check = useHotFolders((state) => state.check);
  const save = useHotFolders((state) => state.save);
  const { busy, run } = useAction();
  const [draft, setDraft] = useState(newFolderDraft);
  const [failed, setFailed] = useState<FolderCheck | null>(null);
  const submit = async (): Promise<void> => {
    const settings = settingsOfDraft(
      draft,
      folders.map((known) => known.id),
      null,
    );
    const outcome = await check(settings.path);
    if (outcome.kind === 'done' && !outcome.value.ok) {
      setFailed(outcome.value);
      return;
    }
    if (await run(() => save(settings))) onNext();
  };
  return (
    <StepForm
      onBack={onBack}
      submitText={t('setup.finish')}
      busy={busy}
      complete={isFolderComplete(draft)}
      onSubmit={() => void submit()}
      skip={{ text: t('setup.later'), onSkip: onNext }}
    >
      <FolderFields
        draft={draft}
        onChange={(change) => {
          setDraft({ ...draft, ...change });
          setFailed(null);
        }}
      />
      {failed !== null && <CheckSteps steps={failed.steps} label={t('folder.checkResult')} />}
    </StepForm>
  );
};
