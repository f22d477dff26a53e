import { useTranslation } from 'react-i18next';
import { useConnections } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNameWords } from '../../ui/use-name-words.ts';
import styles from './platform-picker.module.css';

interface PlatformPickerProps {
  readonly onChoose: (platform: string) => void;
}

/** The platforms of this version, each with what it does for a print shop. */
export const PlatformPicker = ({ onChoose }: PlatformPickerProps) => {
  const { t } = useTranslation();
  const words = useNameWords();
  const platforms = useConnections((state) => state.platforms);
  if (platforms.length === 0) return <p>{t('screen.loading')}</p>;
  return (
    <fieldset className={styles.platforms} aria-label={t('connectionForm.platform')}>
      {platforms.map(({ id, name }) => (
        <ActionButton key={id} size="main" className={styles.platform ?? ''} onClick={() => onChoose(id)}>
          <span className={styles.name}>{name}</span>
          <span className={styles.what}>{words('platformText', id)}</span>
        </ActionButton>
      ))}
    </fieldset>
  );
};
