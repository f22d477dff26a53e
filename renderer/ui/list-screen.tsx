import type { ReactNode } from 'react';
import type { LoadState } from '../stores/store-deps.ts';
import styles from './list-screen.module.css';
import { NewsBar } from './news-bar.tsx';

interface ListScreenProps {
  readonly label: string;
  /** The filters above the list. */
  readonly head: ReactNode;
  /** At the end of the bar above the rows. */
  readonly tools?: ReactNode;
  /** Below the list, where it moves no row. */
  readonly foot?: ReactNode;
  /** How many are shown, and how many came since, in words. */
  readonly text: string;
  readonly newText: string;
  readonly newCount: number;
  readonly stale: boolean;
  readonly load: LoadState;
  readonly onShow: () => void;
  readonly children: ReactNode;
}

/** A screen that is one long list: its filters, what is new, and the rows. */
export const ListScreen = ({ label, head, foot = null, load, children, ...news }: ListScreenProps) => (
  <section className={styles.screen} aria-label={label}>
    <h1 className={styles.unseen}>{label}</h1>
    {head}
    <NewsBar {...news} asOf={load.kind === 'ready' ? load.asOf : null} />
    <div className={styles.content}>{children}</div>
    {foot}
  </section>
);
