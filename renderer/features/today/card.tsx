import type { ReactNode } from 'react';
import styles from './card.module.css';

interface CardProps {
  readonly title: string;
  /** Beside the title: the one number that says most. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the day, with its heading. */
export const Card = ({ title, lead, children }: CardProps) => (
  <section className={styles.card} aria-label={title}>
    <h2 className={styles.title}>
      {title}
      {lead !== undefined && <span className={styles.lead}>{lead}</span>}
    </h2>
    {children}
  </section>
);
