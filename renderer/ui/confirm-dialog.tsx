import type { ReactNode } from 'react';
import { DialogForm } from './dialog-form.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  /** The words of the button that does it. */
  readonly submitText: string;
  readonly onClose: () => void;
  /** Called once, after the dialog was closed. */
  readonly onConfirm: () => void;
  /** What may happen, in a sentence or two. */
  readonly children: ReactNode;
}

/** Asks once more before something that costs money or cannot be taken back; there as long as it is open. */
export const ConfirmDialog = ({ title, submitText, onClose, onConfirm, children }: ConfirmDialogProps) => (
  <DialogForm
    opened
    onClose={onClose}
    title={title}
    submitText={submitText}
    busy={false}
    complete
    onSubmit={() => {
      onClose();
      onConfirm();
    }}
  >
    {children}
  </DialogForm>
);
