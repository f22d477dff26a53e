import { IconCopy } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeedback } from '../app-context.ts';
import { ActionButton } from './action-button.tsx';
import styles from './copy-field.module.css';

/** A text to take elsewhere. Where the clipboard is not given to the page, it is selected for copying by hand. */
export const CopyField = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { t } = useTranslation();
  const say = useFeedback((state) => state.say);
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      say('done', t('copy.done'));
    } catch {
      say('done', t('copy.selected'));
    }
  };
  return (
    <span className={styles.row}>
      <input ref={field} className={styles.text} readOnly value={text} aria-label={label} />
      <ActionButton icon={<IconCopy size={20} aria-hidden />} onClick={() => void copy()}>
        {t('copy.button')}
      </ActionButton>
    </span>
  );
};
