import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWire } from '../app-context.ts';
import buttonStyles from './action-button.module.css';
import { CopyField } from './copy-field.tsx';
import styles from './external-value.module.css';

/** The address of a web page; null for any other text. */
const webAddress = (text: string): string | null => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
};

/** A value that a platform gave. A web address can be copied, and in a browser opened; the desktop app opens no strange page. */
export const ExternalValue = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { t } = useTranslation();
  const { host } = useWire();
  const address = webAddress(text);
  if (address === null) return <span className={styles.text}>{text}</span>;
  return (
    <span className={styles.address}>
      <CopyField text={text} label={label} />
      {host === 'browser' && (
        <a className={buttonStyles.button} href={address} target="_blank" rel="noopener noreferrer">
          <IconExternalLink size={20} aria-hidden />
          <span className={buttonStyles.label}>{t('external.open')}</span>
        </a>
      )}
    </span>
  );
};
