import { NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../../main/contract/connections.ts';
import type { ConnectionDraft, FieldValue } from '../../stores/connections-store.ts';
import styles from '../../ui/cards.module.css';
import { SwitchButton } from '../../ui/switch-button.tsx';
import { ChoicesField } from './choices-field.tsx';
import { type PlatformField, textOfValue, withSetting } from './connection-draft.ts';
import type { FieldWords } from './use-field-words.ts';

interface FieldProps {
  readonly field: PlatformField;
  readonly words: FieldWords;
  readonly draft: ConnectionDraft;
  /** Null for a new one. */
  readonly connection: ConnectionView | null;
  readonly onChange: (draft: ConnectionDraft) => void;
}

const SecretField = ({ field, words, draft, connection, onChange }: FieldProps) => {
  const { t } = useTranslation();
  const state = connection?.secrets[field.name] ?? 'missing';
  return (
    <PasswordInput
      required={field.required && state === 'missing'}
      disabled={state === 'fromConfig'}
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-label': t('secretShow') }}
      rightSectionWidth={52}
      label={words.label(field.name)}
      description={words.help(field.name)}
      placeholder={t(`secret.${state}`)}
      value={draft.secrets[field.name] ?? ''}
      onChange={(event) =>
        onChange({ ...draft, secrets: { ...draft.secrets, [field.name]: event.currentTarget.value } })
      }
    />
  );
};

/** One field of a connection's form, by its type. */
export const ConnectionField = (props: FieldProps) => {
  const { field, words, draft, connection, onChange } = props;
  const value = draft.settings[field.name];
  const set = (next: FieldValue | undefined): void => onChange(withSetting(draft, field.name, next));
  const help = words.help(field.name);
  const common = { label: words.label(field.name), description: help, required: field.required };
  if (field.type === 'secret') return <SecretField {...props} />;
  if (field.offersChoices === true && (field.type === 'text' || field.type === 'list')) {
    return <ChoicesField {...common} field={field} value={value} connection={connection} onChange={set} />;
  }
  if (field.oneOf !== undefined) {
    return (
      <Select
        {...common}
        allowDeselect={!field.required}
        data={field.oneOf.map((option) => ({ value: option, label: words.option(field.name, option) }))}
        value={typeof value === 'string' ? value : null}
        onChange={(next) => set(next ?? undefined)}
      />
    );
  }
  switch (field.type) {
    case 'switch':
      return (
        <div className={styles.lines}>
          <div>
            <SwitchButton checked={value === true} onChange={set}>
              {words.label(field.name)}
            </SwitchButton>
          </div>
          {help !== null && <p className={styles.dim}>{help}</p>}
        </div>
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => set(typeof next === 'number' ? next : undefined)}
        />
      );
    case 'list':
    case 'text':
    case 'url':
      return (
        <TextInput
          {...common}
          type={field.type === 'url' ? 'url' : 'text'}
          value={textOfValue(value)}
          onChange={(event) =>
            set(
              field.type === 'list'
                ? event.currentTarget.value.split(',').map((part) => part.trim())
                : event.currentTarget.value,
            )
          }
        />
      );
  }
};
