import styles from './check-steps.module.css';
import { StatusMark } from './status-mark.tsx';

interface CheckStepsProps {
  readonly steps: readonly { readonly step: string; readonly ok: boolean; readonly detail: string }[];
  readonly label: string;
}

/** The answer of a check, step by step in the station's own words. */
export const CheckSteps = ({ steps, label }: CheckStepsProps) => (
  <ul className={styles.list} aria-label={label} aria-live="polite">
    {steps.map((step) => (
      <li key={step.step} className={styles.step}>
        <StatusMark mark={step.ok ? 'done' : 'stopped'} strong={!step.ok}>
          {step.step}
        </StatusMark>
        <span className={styles.detail}>{step.detail}</span>
      </li>
    ))}
  </ul>
);
