import { type ReactNode, useState } from 'react';
import { DialogForm } from './dialog-form.tsx';
import { WordsField } from './words-field.tsx';

interface WordsDialogProps {
  readonly onClose: () => void;
  readonly title: string;
  readonly submitText: string;
  readonly label: string;
  readonly minRows?: number | undefined;
  /** What stands in the field at first. */
  readonly initialWords?: string;
  readonly busy: boolean;
  readonly onSubmit: (words: string) => Promise<void>;
  /** What is said above the field. */
  readonly children?: ReactNode;
}

/** A dialog that does something once somebody has said in their own words why, or what others should know. */
export const WordsDialog = ({
  onClose,
  title,
  submitText,
  label,
  minRows,
  initialWords = '',
  busy,
  onSubmit,
  children,
}: WordsDialogProps) => {
  const [words, setWords] = useState(initialWords);
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={title}
      submitText={submitText}
      busy={busy}
      complete={words.trim() !== ''}
      onSubmit={() => void onSubmit(words.trim())}
    >
      {children}
      <WordsField label={label} minRows={minRows} value={words} onChange={setWords} />
    </DialogForm>
  );
};
