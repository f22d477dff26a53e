import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './dialog-form.module.css';

interface DialogFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** The words of the button that does it. */
  readonly submitText: string;
  readonly busy: boolean;
  /** False while something mandatory is missing. */
  readonly complete: boolean;
  readonly onSubmit: () => void;
  /** What is said while it is not complete; default: that a mandatory field is empty. */
  readonly missing?: string;
  /** For a dialog with a table in it. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A dialog with fields and two big answers: do it, or go back. */
export const DialogForm = ({
  opened,
  onClose,
  title,
  submitText,
  busy,
  complete,
  onSubmit,
  missing,
  wide = false,
  children,
}: DialogFormProps) => {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={title} wide={wide}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (complete && !busy) onSubmit();
        }}
      >
        {children}
        <div className={styles.answers}>
          <span className={styles.missing} aria-live="polite">
            {complete ? '' : (missing ?? t('dialog.incomplete'))}
          </span>
          <ActionButton size="main" onClick={onClose}>
            {t('dialog.back')}
          </ActionButton>
          <ActionButton size="main" weight="strong" submit busy={busy} disabled={!complete}>
            {submitText}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
};
