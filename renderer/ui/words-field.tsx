import { Textarea } from '@mantine/core';

interface WordsFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** As long as what is written can be; default: 500 characters. */
  readonly maxLength?: number;
  readonly minRows?: number | undefined;
  /** Whether the dialog begins here. */
  readonly begins?: boolean;
}

/** A field of a dialog in which somebody must say something in their own words: a note, or why. */
export const WordsField = ({
  label,
  value,
  onChange,
  maxLength = 500,
  minRows = 3,
  begins = true,
}: WordsFieldProps) => (
  <Textarea
    data-autofocus={begins || undefined}
    required
    autosize
    minRows={minRows}
    label={label}
    maxLength={maxLength}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);
