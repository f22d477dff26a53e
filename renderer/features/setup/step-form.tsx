import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';

interface StepFormProps {
  /** Null on the first step. */
  readonly onBack: (() => void) | null;
  readonly submitText: string;
  readonly busy: boolean;
  readonly complete: boolean;
  readonly onSubmit: () => void;
  /** For a step that may wait until later. */
  readonly skip?: { readonly text: string; readonly onSkip: () => void };
  readonly children: ReactNode;
}

/** The fields of one step, with the way back and on. */
export const StepForm = ({ onBack, submitText, busy, complete, onSubmit, skip, children }: StepFormProps) => {
  const { t } = useTranslation();
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !busy) onSubmit();
      }}
    >
      {children}
      <div className={styles.actions}>
        {onBack !== null && (
          <ActionButton size="main" onClick={onBack}>
            {t('dialog.back')}
          </ActionButton>
        )}
        <span className={styles.missing} aria-live="polite">
          {complete ? '' : t('dialog.incomplete')}
        </span>
        {skip !== undefined && (
          <ActionButton size="main" onClick={skip.onSkip}>
            {skip.text}
          </ActionButton>
        )}
        <ActionButton size="main" weight="strong" submit busy={busy} disabled={!complete}>
          {submitText}
        </ActionButton>
      </div>
    </form>
  );
};
