import type { ReactNode } from 'react';
import type { Mark } from './marks.ts';
import styles from './screen-state.module.css';
import { MarkShape } from './status-mark.tsx';

interface ScreenStateProps {
  readonly mark: Mark;
  readonly title: string;
  readonly children?: ReactNode;
}

/** What a screen shows instead of its content: nothing there, still loading, or it could not be read. */
export const ScreenState = ({ mark, title, children }: ScreenStateProps) => (
  <div className={styles.state} role="status">
    <MarkShape mark={mark} size={48} />
    <h2 className={styles.title}>{title}</h2>
    {children !== undefined && <div className={styles.text}>{children}</div>}
  </div>
);
