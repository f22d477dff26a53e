import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../main/contract/people.ts';
import { usePeople } from '../../app-context.ts';
import { PickerButton } from './picker-button.tsx';
import styles from './who-picker.module.css';

interface PersonTilesProps {
  readonly people: readonly PersonView[];
  readonly onPick: (person: PersonView) => void;
}

/** Everybody who may be meant, each as big as a hand needs. */
export const PersonTiles = ({ people, onPick }: PersonTilesProps) => {
  const { t } = useTranslation();
  const signedIn = usePeople((state) => state.signedIn);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  return (
    <ul ref={list} className={styles.tiles} aria-label={t('people.names')}>
      {people.map((person) => (
        <li key={person.id}>
          <PickerButton
            className={styles.tile ?? ''}
            pressed={person.id === signedIn?.id}
            onClick={() => onPick(person)}
          >
            <span className={styles.tileWords}>
              <span className={styles.tileInitials}>{person.initials}</span>
              <span className={styles.tileName}>{person.name}</span>
              <span className={styles.tileRole}>{t(`people.role_${person.role}`)}</span>
            </span>
          </PickerButton>
        </li>
      ))}
    </ul>
  );
};
