import styles from './progress-bar.module.css';
import { useWords } from './use-words.ts';

interface ProgressBarProps {
  /** Between 0 and 1; null while the whole size is unknown. */
  readonly share: number | null;
  readonly label: string;
}

/** A bar with its number beside it; the number alone says enough. */
export const ProgressBar = ({ share, label }: ProgressBarProps) => {
  const words = useWords();
  return (
    <span className={styles.row}>
      <progress className={styles.bar} aria-label={label} max={1} {...(share === null ? {} : { value: share })} />
      {share !== null && <span className={styles.number}>{words.share(share)}</span>}
    </span>
  );
};
