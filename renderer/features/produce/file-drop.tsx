import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import buttonStyles from '../../ui/action-button.module.css';
import styles from './produce.module.css';

interface FileDropProps {
  readonly onText: (text: string, fileName: string) => void;
  readonly onRefused: (reason: 'large' | 'unreadable') => void;
}

/** A list of five hundred lines is far smaller. */
const mostBytes = 2_000_000;

/** A list from a file: chosen with a tap, or dropped here. */
export const FileDrop = ({ onText, onRefused }: FileDropProps) => {
  const { t } = useTranslation();
  const id = useId();
  const [over, setOver] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > mostBytes) {
      onRefused('large');
      return;
    }
    try {
      onText(await file.text(), file.name);
    } catch {
      onRefused('unreadable');
    }
  };
  const onDrag = (event: DragEvent): void => {
    event.preventDefault();
    setOver(event.type === 'dragover');
  };
  return (
    <fieldset
      aria-label={t('produce.file')}
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={(event) => {
        onDrag(event);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <input
        id={id}
        className={styles.file}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          // The same file can be chosen again once it was mended.
          event.currentTarget.value = '';
        }}
      />
      <label className={buttonStyles.button} htmlFor={id}>
        <IconFileUpload size={22} aria-hidden />
        <span className={buttonStyles.label}>{t('produce.chooseFile')}</span>
      </label>
      <span>{t('produce.dropHere')}</span>
    </fieldset>
  );
};
