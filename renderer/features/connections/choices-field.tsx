import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../../main/contract/connections.ts';
import { useConnections } from '../../app-context.ts';
import type { FieldChoices, FieldValue } from '../../stores/connections-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import cardStyles from '../../ui/cards.module.css';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import styles from './choices-field.module.css';
import { type PlatformField, textOfValue } from './connection-draft.ts';

interface ChoicesFieldProps {
  readonly field: PlatformField;
  readonly label: string;
  readonly description: string | null;
  readonly required: boolean;
  readonly value: FieldValue | undefined;
  /** Null for a new one: its platform can only be asked once it is saved. */
  readonly connection: ConnectionView | null;
  readonly onChange: (value: FieldValue) => void;
}

const listOf = (value: FieldValue | undefined): readonly string[] => {
  if (Array.isArray(value)) return value.filter((part) => part !== '');
  return value === undefined || value === '' ? [] : [String(value)];
};

/** A field whose values the platform offers at run time; it can be typed as well. */
export const ChoicesField = ({
  field,
  label,
  description,
  required,
  value,
  connection,
  onChange,
}: ChoicesFieldProps) => {
  const { t } = useTranslation();
  const ask = useConnections((state) => state.choices);
  const { busy, run } = useAction();
  const [offer, setOffer] = useState<FieldChoices | null>(null);
  const chosen = listOf(value);
  const isList = field.type === 'list';
  const choose = (one: string): void => {
    const without = chosen.filter((known) => known !== one);
    if (isList) onChange(without.length < chosen.length ? without : [...chosen, one]);
    else onChange(chosen.includes(one) ? '' : one);
  };
  return (
    <div className={cardStyles.lines}>
      <div className={styles.line}>
        <TextInput
          className={styles.input}
          label={label}
          description={description}
          required={required}
          value={textOfValue(value)}
          onChange={(event) =>
            onChange(
              isList ? event.currentTarget.value.split(',').map((part) => part.trim()) : event.currentTarget.value,
            )
          }
        />
        {connection !== null && (
          <ActionButton
            className={styles.button ?? ''}
            busy={busy}
            aria-label={t('choices.chooseFor', { field: label })}
            onClick={() =>
              void run(async () => {
                const outcome = await ask(connection.id, field.name);
                if (outcome.kind === 'done') setOffer(outcome.value);
                return outcome;
              })
            }
          >
            {t('choices.choose')}
          </ActionButton>
        )}
      </div>
      {connection === null && <p className={cardStyles.dim}>{t('choices.saveFirst')}</p>}
      {offer !== null && (
        <fieldset className={styles.offer} aria-label={t('choices.offered', { field: label })}>
          {offer.note !== null && (
            <p>
              <StatusMark mark="attention">{offer.note}</StatusMark>
            </p>
          )}
          {offer.choices.length === 0 && <p>{t('choices.none')}</p>}
          {offer.choices.map((choice) => (
            <ActionButton
              key={choice.value}
              pressed={chosen.includes(choice.value)}
              onClick={() => choose(choice.value)}
            >
              {choice.text}
            </ActionButton>
          ))}
        </fieldset>
      )}
    </div>
  );
};
