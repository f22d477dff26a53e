import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView } from '../../../main/contract/orders.ts';
import { useOrder } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { useAction } from '../../ui/use-action.ts';
import { WordsField } from '../../ui/words-field.tsx';
import styles from './item-buttons.module.css';
import { itemName } from './item-name.ts';

interface ErrorDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: ItemView;
}

const usualDelaysHours = [4, 24, 48, 72] as const;

const ErrorForm = ({ onClose, item }: Omit<ErrorDialogProps, 'opened'>) => {
  const { t } = useTranslation();
  const signal = useOrder((state) => state.signal);
  const { busy, run } = useAction();
  const [text, setText] = useState('');
  const [delayHours, setDelayHours] = useState<number | null>(null);
  const submit = async (): Promise<void> => {
    if (delayHours === null) return;
    if (await run(() => signal([item.id], { kind: 'error', text: text.trim(), delayHours }))) onClose();
  };
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t('error.title', { number: item.number, title: itemName(item) })}
      submitText={t('error.submit')}
      busy={busy}
      complete={text.trim() !== '' && delayHours !== null}
      onSubmit={() => void submit()}
    >
      <WordsField label={t('error.text')} maxLength={1000} value={text} onChange={setText} />
      <NumberInput
        required
        label={t('error.delay')}
        min={0}
        max={10_000}
        allowDecimal={false}
        value={delayHours ?? ''}
        onChange={(value) => setDelayHours(typeof value === 'number' ? value : null)}
      />
      <div className={styles.more}>
        {usualDelaysHours.map((hours) => (
          <ActionButton key={hours} pressed={delayHours === hours} onClick={() => setDelayHours(hours)}>
            {t('error.hours', { count: hours })}
          </ActionButton>
        ))}
      </div>
    </DialogForm>
  );
};

/** Tells the platform that an item is delayed, why, and for how long. */
export const ErrorDialog = ({ opened, onClose, item }: ErrorDialogProps) =>
  opened ? <ErrorForm onClose={onClose} item={item} /> : null;
