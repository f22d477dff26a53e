import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button.tsx';
import styles from './selection-bar.module.css';

interface SelectionBarProps {
  /** How many are chosen, in words. */
  readonly text: string;
  readonly onClear: () => void;
  /** The words of the button that clears it. */
  readonly clearText: string;
  /** What can be done with them. */
  readonly children: ReactNode;
}

/** Stands below what is chosen, with what can be done with it. */
export const SelectionBar = ({ text, onClear, clearText, children }: SelectionBarProps) => {
  const { t } = useTranslation();
  return (
    <section className={styles.bar} aria-label={t('selection.label')}>
      <span className={styles.text} aria-live="polite">
        {text}
      </span>
      {children}
      <ActionButton size="main" weight="quiet" icon={<IconX size={24} aria-hidden />} onClick={onClear}>
        {clearText}
      </ActionButton>
    </section>
  );
};
