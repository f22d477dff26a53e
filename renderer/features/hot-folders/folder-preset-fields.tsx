import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type HotFolderPreset, hotFolderPreset } from '../../../main/contract/hot-folders.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import type { FolderDraft } from './folder-draft.ts';

interface FolderPresetFieldsProps {
  readonly draft: FolderDraft;
  readonly onChange: (change: Partial<FolderDraft>) => void;
}

/** How the RIP tells what became of a file: not at all, as Prinergy does, or by folders of one's own definition. */
export const FolderPresetFields = ({ draft, onChange }: FolderPresetFieldsProps) => {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t('folder.preset')}</legend>
      <div className={styles.actions}>
        {hotFolderPreset.options.map((preset: HotFolderPreset) => (
          <ActionButton key={preset} pressed={draft.preset === preset} onClick={() => onChange({ preset })}>
            {t(`folder.preset_${preset}`)}
          </ActionButton>
        ))}
      </div>
      <p className={styles.dim}>{t(`folder.presetHelp_${draft.preset}`)}</p>
      {draft.preset === 'own' && (
        <div className={styles.pair}>
          <TextInput
            label={t('folder.acceptedFolders')}
            value={draft.acceptedFolders}
            onChange={(event) => onChange({ acceptedFolders: event.currentTarget.value })}
          />
          <TextInput
            label={t('folder.failedFolders')}
            value={draft.failedFolders}
            onChange={(event) => onChange({ failedFolders: event.currentTarget.value })}
          />
        </div>
      )}
    </fieldset>
  );
};
