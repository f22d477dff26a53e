import { NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConnections } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { type FolderDraft, presetOfDraft } from './folder-draft.ts';
import { FolderPresetFields } from './folder-preset-fields.tsx';
import { FolderSizeFields } from './folder-size-fields.tsx';
import { PathCheck } from './path-check.tsx';

const roles = ['cover', 'bookBlock', 'product', 'shippingLabel'] as const;

const toggled = (list: readonly string[], value: string): readonly string[] =>
  list.includes(value) ? list.filter((known) => known !== value) : [...list, value];

interface FolderFieldsProps {
  readonly draft: FolderDraft;
  readonly onChange: (change: Partial<FolderDraft>) => void;
}

/** The fields of a hot folder, with the check of its path. */
export const FolderFields = ({ draft, onChange }: FolderFieldsProps) => {
  const { t } = useTranslation();
  const connections = useConnections((state) => state.connections);
  return (
    <>
      <TextInput
        data-autofocus
        required
        label={t('folder.name')}
        maxLength={100}
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        required
        label={t('folder.path')}
        description={t('folder.pathHelp')}
        value={draft.path}
        onChange={(event) => onChange({ path: event.currentTarget.value })}
      />
      <PathCheck path={draft.path.trim()} preset={presetOfDraft(draft)} />
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t('folder.mode')}</legend>
        <div className={styles.actions}>
          <ActionButton pressed={draft.mode === 'manual'} onClick={() => onChange({ mode: 'manual' })}>
            {t('folder.manual')}
          </ActionButton>
          <ActionButton pressed={draft.mode === 'auto'} onClick={() => onChange({ mode: 'auto' })}>
            {t('folder.auto')}
          </ActionButton>
        </div>
      </fieldset>
      <FolderPresetFields draft={draft} onChange={onChange} />
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t('folder.roles')}</legend>
        <div className={styles.actions}>
          {roles.map((role) => (
            <ActionButton
              key={role}
              pressed={draft.roles.includes(role)}
              onClick={() => onChange({ roles: toggled(draft.roles, role) })}
            >
              {t(`role.${role}`)}
            </ActionButton>
          ))}
        </div>
      </fieldset>
      {connections.length > 1 && (
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{t('folder.connections')}</legend>
          <div className={styles.actions}>
            {connections.map((connection) => (
              <ActionButton
                key={connection.id}
                pressed={draft.connections.includes(connection.id)}
                onClick={() => onChange({ connections: toggled(draft.connections, connection.id) })}
              >
                {connection.name}
              </ActionButton>
            ))}
          </div>
        </fieldset>
      )}
      <TextInput
        label={t('folder.products')}
        description={t('folder.productsHelp')}
        value={draft.products}
        onChange={(event) => onChange({ products: event.currentTarget.value })}
      />
      <FolderSizeFields draft={draft} onChange={onChange} />
      <div className={styles.pair}>
        <NumberInput
          label={t('folder.alarm')}
          min={0.1}
          max={1440}
          value={draft.pickUpAlarmMinutes}
          onChange={(value) => typeof value === 'number' && onChange({ pickUpAlarmMinutes: value })}
        />
        <NumberInput
          label={t('folder.poll')}
          min={1}
          max={60}
          value={draft.pollSeconds}
          onChange={(value) => typeof value === 'number' && onChange({ pollSeconds: value })}
        />
      </div>
    </>
  );
};
