import styles from './check-box.module.css';

interface CheckBoxProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** What is chosen with it; it stands beside it. */
  readonly label: string;
  readonly disabled?: boolean;
}

/** A box to tick, big enough for a gloved finger. */
export const CheckBox = ({ checked, onChange, label, disabled = false }: CheckBoxProps) => (
  <input
    type="checkbox"
    className={styles.box}
    aria-label={label}
    checked={checked}
    disabled={disabled}
    onChange={(event) => onChange(event.currentTarget.checked)}
  />
);
