import { IconBackspace, IconCheck } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PickerButton } from './picker-button.tsx';
import styles from './pin-step.module.css';

interface PinPadProps {
  /** Nothing is taken now: a PIN is being looked at, or its person has to wait. */
  readonly blocked: boolean;
  /** There are enough digits to try. */
  readonly complete: boolean;
  readonly onDigit: (digit: string) => void;
  readonly onBack: () => void;
  readonly onSubmit: () => void;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Keys for digits, each at least 20 mm; those of a keyboard do the same. */
export const PinPad = ({ blocked, complete, onDigit, onBack, onSubmit }: PinPadProps) => {
  const { t } = useTranslation();
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const isKey = /^\d$/.test(event.key);
    if (!isKey && event.key !== 'Backspace' && event.key !== 'Enter') return;
    // Enter on a button that has the focus, such as the way back, is that button's.
    if (event.key === 'Enter' && isOtherButton(event.target)) return;
    event.preventDefault();
    if (blocked) return;
    if (isKey) onDigit(event.key);
    else if (event.key === 'Backspace') onBack();
    else onSubmit();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const key = (digit: string) => (
    <PickerButton
      key={digit}
      className={styles.key ?? ''}
      aria-disabled={blocked || undefined}
      onClick={() => !blocked && onDigit(digit)}
    >
      {digit}
    </PickerButton>
  );
  return (
    <fieldset className={styles.pad} data-pin-pad aria-label={t('people.pad')}>
      {digits.map(key)}
      <PickerButton
        className={styles.key ?? ''}
        icon={<IconBackspace size={32} aria-hidden />}
        aria-label={t('people.rubOut')}
        aria-disabled={blocked || undefined}
        onClick={() => !blocked && onBack()}
      />
      {key('0')}
      <PickerButton
        className={styles.key ?? ''}
        weight="strong"
        icon={<IconCheck size={32} aria-hidden />}
        aria-label={t('people.enter')}
        aria-disabled={blocked || !complete || undefined}
        onClick={() => !blocked && complete && onSubmit()}
      />
    </fieldset>
  );
};

const isOtherButton = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button') !== null && target.closest('[data-pin-pad]') === null;
