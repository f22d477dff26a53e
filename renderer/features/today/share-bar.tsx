import styles from './share-bar.module.css';

interface SharePart {
  readonly name: string;
  readonly count: number;
  /** `good` is full, `bad` is striped: no colour is needed to tell them apart. */
  readonly look: 'good' | 'bad';
}

/** Parts of a whole as one bar; the words beside it say the same. */
export const ShareBar = ({ parts }: { readonly parts: readonly SharePart[] }) => (
  <div className={styles.bar} aria-hidden>
    {parts.map(({ name, count, look }) =>
      count === 0 ? null : <span key={name} className={styles[look]} style={{ flexGrow: count }} />,
    )}
  </div>
);
