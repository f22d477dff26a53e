import type { ReactNode } from 'react';
import type { Route } from '../../client/route.ts';
import { AlertBanner } from '../alerts/alert-banner.tsx';
import { ScanPanel } from '../scanner/scan-panel.tsx';
import { UndoBar } from '../undo/undo-bar.tsx';
import { ChannelStrip } from './channel-strip.tsx';
import { FeedbackStack } from './feedback-stack.tsx';
import { NavBar } from './nav-bar.tsx';
import styles from './shell.module.css';

interface ShellProps {
  readonly route: Route;
  readonly children: ReactNode;
}

/** The frame of every screen. Its parts keep their height, so that nothing moves when a state changes. */
export const Shell = ({ route, children }: ShellProps) => (
  <div className={styles.shell}>
    <NavBar route={route} />
    <ChannelStrip />
    <main className={styles.content}>{children}</main>
    <div className={styles.answers}>
      <div className={styles.floats}>
        <AlertBanner />
        <FeedbackStack />
      </div>
    </div>
    <ScanPanel />
    <UndoBar />
  </div>
);
