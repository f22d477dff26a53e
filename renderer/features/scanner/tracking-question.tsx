import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScanner } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from './scan-panel.module.css';
import { useScanDesk } from './use-scan-desk.ts';

const longestTracking = 200;

/** Asks for the tracking number of the item that was scanned; the next scan answers it too. */
export const TrackingQuestion = () => {
  const { t } = useTranslation();
  const askTracking = useScanner((state) => state.askTracking);
  const desk = useScanDesk();
  const [tracking, setTracking] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = async (): Promise<void> => {
    const number = tracking.trim();
    if (number === '' || busy) return;
    setBusy(true);
    await desk.shipWith(number);
    setBusy(false);
  };
  return (
    <form
      className={styles.question}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextInput
        ref={field}
        className={styles.field}
        label={t('ship.tracking')}
        maxLength={longestTracking}
        value={tracking}
        onChange={(event) => setTracking(event.currentTarget.value)}
      />
      <ActionButton size="main" onClick={() => askTracking(false)}>
        {t('dialog.back')}
      </ActionButton>
      <ActionButton submit size="main" weight="strong" busy={busy} disabled={tracking.trim() === ''}>
        {t('ship.submit')}
      </ActionButton>
    </form>
  );
};
