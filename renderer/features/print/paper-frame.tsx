import type { ReactNode } from 'react';
import { ScanPanel } from '../scanner/scan-panel.tsx';
import styles from './paper-frame.module.css';

/** The frame of screens that show sheets of paper: nothing beside them but what was scanned, and that is not printed. */
export const PaperFrame = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.frame}>
    <div className={styles.screen}>{children}</div>
    <ScanPanel />
  </div>
);
