import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from '../../ui/cards.module.css';
import type { FolderDraft } from './folder-draft.ts';
import laneStyles from './lane.module.css';

type NumberName = 'leastPages' | 'mostPages' | 'widthMm' | 'heightMm';

interface FolderSizeFieldsProps {
  readonly draft: FolderDraft;
  readonly onChange: (change: Partial<FolderDraft>) => void;
}

/** How many pages, and of which size, a file must have to go into the folder. An empty field takes all. */
export const FolderSizeFields = ({ draft, onChange }: FolderSizeFieldsProps) => {
  const { t } = useTranslation();
  const field = (name: NumberName, least: number) => (
    <NumberInput
      label={t(`folder.${name}`)}
      min={least}
      allowNegative={false}
      value={draft[name] ?? ''}
      onChange={(value) => onChange({ [name]: typeof value === 'number' ? value : null })}
    />
  );
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t('folder.sizes')}</legend>
      <div className={styles.pair}>
        {field('leastPages', 1)}
        {field('mostPages', 1)}
      </div>
      <div className={laneStyles.triple}>
        {field('widthMm', 1)}
        {field('heightMm', 1)}
        <NumberInput
          label={t('folder.toleranceMm')}
          min={0}
          max={100}
          step={0.5}
          value={draft.toleranceMm}
          onChange={(value) => typeof value === 'number' && onChange({ toleranceMm: value })}
        />
      </div>
    </fieldset>
  );
};
