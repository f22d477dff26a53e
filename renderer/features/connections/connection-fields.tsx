import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConnectionView, PlatformView } from '../../../main/contract/connections.ts';
import type { ConnectionDraft } from '../../stores/connections-store.ts';
import styles from '../../ui/cards.module.css';
import { isConnectionId, type PlatformField, textOfValue, withSetting } from './connection-draft.ts';
import { ConnectionField } from './connection-field.tsx';
import { useFieldWords } from './use-field-words.ts';

interface ConnectionFieldsProps {
  readonly platform: PlatformView;
  /** Null for a new one. */
  readonly connection: ConnectionView | null;
  readonly draft: ConnectionDraft;
  readonly onChange: (draft: ConnectionDraft) => void;
}

/** What cannot be left as it is: what is needed, and what is chosen from the platform's own offer. */
const isUpFront = (field: PlatformField): boolean => field.required || field.offersChoices === true;

/** The fields of a connection: what is needed first, the rest behind one tap. */
export const ConnectionFields = ({ platform, connection, draft, onChange }: ConnectionFieldsProps) => {
  const { t } = useTranslation();
  const words = useFieldWords(platform.id);
  const fields = platform.fields.filter((field) => field.name !== 'name');
  const more = fields.filter((field) => !isUpFront(field));
  const show = (field: PlatformField) => (
    <ConnectionField
      key={field.name}
      field={field}
      words={words}
      draft={draft}
      connection={connection}
      onChange={onChange}
    />
  );
  return (
    <>
      <div className={styles.pair}>
        <TextInput
          data-autofocus
          label={t('connectionForm.name')}
          description={t('connectionForm.nameHelp')}
          maxLength={100}
          value={textOfValue(draft.settings.name)}
          onChange={(event) => onChange(withSetting(draft, 'name', event.currentTarget.value))}
        />
        <TextInput
          required
          disabled={connection !== null}
          label={t('connectionForm.id')}
          description={t('connectionForm.idHelp')}
          error={draft.id !== '' && !isConnectionId(draft.id) ? t('connectionForm.idWrong') : null}
          value={draft.id}
          onChange={(event) => onChange({ ...draft, id: event.currentTarget.value })}
        />
      </div>
      {fields.filter(isUpFront).map(show)}
      {more.length > 0 && (
        <details className={styles.more}>
          <summary>{t('connectionForm.more')}</summary>
          <div className={styles.form}>{more.map(show)}</div>
        </details>
      )}
    </>
  );
};
