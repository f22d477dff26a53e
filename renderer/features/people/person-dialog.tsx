import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../main/contract/people.ts';
import { usePeople } from '../../app-context.ts';
import styles from '../../ui/cards.module.css';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { SwitchButton } from '../../ui/switch-button.tsx';
import { useAction } from '../../ui/use-action.ts';
import { initialsOf } from './initials-of.ts';

interface PersonDialogProps {
  /** Null for a new person. */
  readonly person: PersonView | null;
  readonly onClose: () => void;
}

const roles = ['operator', 'manager'] as const;
const rightPin = /^\d{4,12}$/;

/** Adds somebody, or changes a name, initials, role or PIN. */
export const PersonDialog = ({ person, onClose }: PersonDialogProps) => {
  const { t } = useTranslation();
  const first = usePeople((state) => state.people.length === 0);
  const save = usePeople((state) => state.save);
  const { busy, run } = useAction();
  const [name, setName] = useState(person?.name ?? '');
  /** Null as long as they follow the name. */
  const [ownInitials, setOwnInitials] = useState<string | null>(person?.initials ?? null);
  const [role, setRole] = useState<PersonView['role']>(person?.role ?? (first ? 'manager' : 'operator'));
  const [pin, setPin] = useState('');
  const initials = ownInitials ?? initialsOf(name);
  const pinIsRight = rightPin.test(pin) || (pin === '' && person !== null);
  const submit = async (): Promise<void> => {
    const draft = { id: person?.id ?? null, name: name.trim(), initials: initials.trim(), role, pin };
    if (await run(() => save(draft), t('people.saved', { name: draft.name }))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={person === null ? t('people.addTitle') : t('people.editTitle', { name: person.name })}
      submitText={t('people.save')}
      busy={busy}
      complete={name.trim() !== '' && initials.trim() !== '' && pinIsRight}
      missing={t(pin !== '' && !pinIsRight ? 'people.pinHelp' : 'dialog.incomplete')}
      onSubmit={() => void submit()}
    >
      <TextInput
        required
        data-autofocus
        label={t('people.name')}
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        required
        label={t('people.initials')}
        description={t('people.initialsHelp')}
        maxLength={4}
        autoComplete="off"
        value={initials}
        onChange={(event) => setOwnInitials(event.currentTarget.value.toUpperCase())}
      />
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t('people.role')}</legend>
        <div className={styles.actions}>
          {roles.map((each) => (
            <SwitchButton
              key={each}
              checked={role === each}
              disabled={first && each === 'operator'}
              onChange={() => setRole(each)}
            >
              {t(`people.role_${each}`)}
            </SwitchButton>
          ))}
        </div>
        <p className={styles.dim}>{first ? t('people.firstHelp') : t(`people.roleHelp_${role}`)}</p>
      </fieldset>
      <PasswordInput
        required={person === null}
        label={t(person === null ? 'people.pin' : 'people.newPin')}
        description={t(person === null ? 'people.pinHelp' : 'people.newPinHelp')}
        inputMode="numeric"
        autoComplete="new-password"
        maxLength={12}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value.replaceAll(/\D/g, ''))}
        visibilityToggleButtonProps={{ 'aria-label': t('people.showPin') }}
      />
    </DialogForm>
  );
};
