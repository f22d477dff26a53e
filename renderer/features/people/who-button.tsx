import { IconChevronDown, IconUser, IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from './who-button.module.css';

/** Who is working at this screen, in the corner of every screen; a tap changes it. There once somebody has a PIN. */
export const WhoButton = () => {
  const { t } = useTranslation();
  const anybody = usePeople((state) => state.people.length > 0);
  const signedIn = usePeople((state) => state.signedIn);
  const openPicker = usePeople((state) => state.openPicker);
  if (!anybody) return null;
  const Icon = signedIn === null ? IconUserQuestion : IconUser;
  return (
    <ActionButton
      className={styles.who ?? ''}
      weight="quiet"
      icon={<Icon size={24} aria-hidden />}
      aria-haspopup="dialog"
      aria-label={signedIn === null ? t('people.nobody') : t('people.working', { ...signedIn })}
      onClick={() => openPicker('change')}
    >
      <span className={styles.initials}>
        {signedIn === null ? t('people.nobodyShort') : signedIn.initials}
        <IconChevronDown size={18} aria-hidden />
      </span>
    </ActionButton>
  );
};
