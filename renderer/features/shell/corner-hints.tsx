import { TapHint } from '../alerts/tap-hint.tsx';
import { StationMode } from '../people/station-mode.tsx';
import styles from './corner-hints.module.css';

/** What the next tap anywhere will do besides, one hint above the other. */
export const CornerHints = () => (
  <div className={styles.corner}>
    <TapHint />
    <StationMode />
  </div>
);
