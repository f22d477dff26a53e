import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../main/contract/people.ts';
import { usePeople } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { useAction } from '../../ui/use-action.ts';
import listStyles from './people-section.module.css';
import { PersonDialog } from './person-dialog.tsx';
import { RulesForm } from './rules-form.tsx';

type Opened =
  | { readonly kind: 'none' }
  | { readonly kind: 'add' }
  | { readonly kind: 'edit' | 'remove'; readonly person: PersonView };

const closed: Opened = { kind: 'none' };

/** Who works here, for managers: adding, changing, removing, PINs; and how the screens deal with it. */
export const PeopleSection = () => {
  const { t } = useTranslation();
  const load = usePeople((state) => state.load);
  const people = usePeople((state) => state.people);
  const rules = usePeople((state) => state.rules);
  const remove = usePeople((state) => state.remove);
  const { run } = useAction();
  const [opened, setOpened] = useState<Opened>(closed);
  const close = (): void => setOpened(closed);
  return (
    <section className={styles.card} aria-label={t('people.title')}>
      <div className={styles.cardHead}>
        <h2 className={styles.cardTitle}>{t('people.title')}</h2>
        <span className={styles.space} />
        <ActionButton icon={<IconUserPlus size={22} aria-hidden />} onClick={() => setOpened({ kind: 'add' })}>
          {t('people.add')}
        </ActionButton>
      </div>
      {load.kind !== 'ready' && <LoadNotice load={load} />}
      {load.kind === 'ready' && people.length === 0 && <p className={styles.dim}>{t('people.none')}</p>}
      <ul className={listStyles.list}>
        {people.map((person) => (
          <li key={person.id} className={listStyles.person}>
            <span className={listStyles.initials}>{person.initials}</span>
            <span className={listStyles.name}>{person.name}</span>
            <span className={listStyles.role}>{t(`people.role_${person.role}`)}</span>
            <ActionButton
              aria-label={t('people.editOf', { name: person.name })}
              onClick={() => setOpened({ kind: 'edit', person })}
            >
              {t('people.edit')}
            </ActionButton>
            <ActionButton
              aria-label={t('people.removeOf', { name: person.name })}
              onClick={() => setOpened({ kind: 'remove', person })}
            >
              {t('people.remove')}
            </ActionButton>
          </li>
        ))}
      </ul>
      {people.length > 0 && <RulesForm key={JSON.stringify(rules)} rules={rules} />}
      {opened.kind === 'add' && <PersonDialog person={null} onClose={close} />}
      {opened.kind === 'edit' && <PersonDialog person={opened.person} onClose={close} />}
      {opened.kind === 'remove' && (
        <ConfirmDialog
          title={t('people.removeTitle', { name: opened.person.name })}
          submitText={t('people.removeSubmit')}
          onClose={close}
          onConfirm={() => void run(() => remove(opened.person.id), t('people.removed', { name: opened.person.name }))}
        >
          <p>{t('people.removeText', { initials: opened.person.initials })}</p>
        </ConfirmDialog>
      )}
    </section>
  );
};
