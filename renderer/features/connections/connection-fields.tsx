import { NumberInput, PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConnectionView, PlatformView } from '../../../main/contract/connections.ts';
import { readableCode } from '../../i18n/code-words.ts';
import type { ConnectionDraft, FieldValue } from '../../stores/connections-store.ts';
import styles from '../../ui/cards.module.css';
import { SwitchButton } from '../../ui/switch-button.tsx';
import type { PlatformField } from './connection-draft.ts';

interface FieldProps {
  readonly field: PlatformField;
  readonly draft: ConnectionDraft;
  readonly connection: ConnectionView | null;
  readonly onChange: (draft: ConnectionDraft) => void;
}

const useFieldWords = () => {
  const { t, i18n } = useTranslation();
  return {
    label: (name: string): string => {
      const key = `field.${name}`;
      return i18n.exists(key) ? t(key as 'field.orderKey') : readableCode(name);
    },
    help: (name: string): string | null => {
      const key = `fieldHelp.${name}`;
      return i18n.exists(key) ? t(key as 'fieldHelp.orderKey') : null;
    },
  };
};

const SecretField = ({ field, draft, connection, onChange }: FieldProps) => {
  const { t } = useTranslation();
  const words = useFieldWords();
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

/** A list is typed with commas. */
const textOf = (value: FieldValue | undefined): string => {
  if (value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
};

const Field = (props: FieldProps) => {
  const { field, draft, onChange } = props;
  const words = useFieldWords();
  const value = draft.settings[field.name];
  const set = (next: FieldValue): void => onChange({ ...draft, settings: { ...draft.settings, [field.name]: next } });
  const common = { label: words.label(field.name), description: words.help(field.name), required: field.required };
  switch (field.type) {
    case 'secret':
      return <SecretField {...props} />;
    case 'switch':
      return (
        <div>
          <SwitchButton checked={value === true} onChange={set}>
            {words.label(field.name)}
          </SwitchButton>
        </div>
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => typeof next === 'number' && set(next)}
        />
      );
    case 'list':
      return (
        <TextInput
          {...common}
          value={textOf(value)}
          onChange={(event) => set(event.currentTarget.value.split(',').map((part) => part.trim()))}
        />
      );
    case 'text':
    case 'url':
      return (
        <TextInput
          {...common}
          type={field.type === 'url' ? 'url' : 'text'}
          value={textOf(value)}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
  }
};

interface ConnectionFieldsProps {
  readonly platform: PlatformView;
  /** Null for a new one. */
  readonly connection: ConnectionView | null;
  readonly draft: ConnectionDraft;
  readonly onChange: (draft: ConnectionDraft) => void;
}

/** The fields of a connection: what is needed first, the rest behind one tap. */
export const ConnectionFields = ({ platform, connection, draft, onChange }: ConnectionFieldsProps) => {
  const { t } = useTranslation();
  const needed = platform.fields.filter((field) => field.required);
  const more = platform.fields.filter((field) => !field.required && field.name !== 'name');
  const field = (one: PlatformField) => (
    <Field key={one.name} field={one} draft={draft} connection={connection} onChange={onChange} />
  );
  return (
    <>
      <div className={styles.pair}>
        <TextInput
          data-autofocus
          label={t('connectionForm.name')}
          description={t('connectionForm.nameHelp')}
          maxLength={100}
          value={textOf(draft.settings.name)}
          onChange={(event) => onChange({ ...draft, settings: { ...draft.settings, name: event.currentTarget.value } })}
        />
        <TextInput
          required
          disabled={connection !== null}
          label={t('connectionForm.id')}
          description={t('connectionForm.idHelp')}
          error={draft.id !== '' && !/^[a-z0-9][a-z0-9_-]{0,63}$/.test(draft.id) ? t('connectionForm.idWrong') : null}
          value={draft.id}
          onChange={(event) => onChange({ ...draft, id: event.currentTarget.value })}
        />
      </div>
      {needed.map(field)}
      {more.length > 0 && (
        <details className={styles.more}>
          <summary>{t('connectionForm.more')}</summary>
          <div className={styles.form}>{more.map(field)}</div>
        </details>
      )}
    </>
  );
};
