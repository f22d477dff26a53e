import styles from './check-steps.module.css';
import { Line } from './line.tsx';
import { StatusMark } from './status-mark.tsx';

interface CheckStepsProps {
  readonly steps: readonly { readonly step: string; readonly ok: boolean; readonly detail: string }[];
  readonly label: string;
}

/** The answer of a check, step by step. */
export const CheckSteps = ({ steps, label }: CheckStepsProps) => (
  <ul className={styles.list} aria-label={label} aria-live="polite">
    {steps.map((step) => (
      <li key={step.step} className={styles.step}>
        <StatusMark mark={step.ok ? 'done' : 'stopped'} strong={!step.ok}>
          <Line text={step.step} />
        </StatusMark>
        <span className={styles.detail}>
          <Line text={step.detail} />
        </span>
      </li>
    ))}
  </ul>
);
