import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './action-button.module.css';

interface ActionButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'type'> {
  /** `main`: at least 20 mm high, for what is done all day. `row`: at least 12 mm. */
  readonly size?: 'main' | 'row';
  /** `strong`: the one step that comes next. */
  readonly weight?: 'strong' | 'plain' | 'quiet';
  readonly icon?: ReactNode;
  readonly busy?: boolean;
  readonly submit?: boolean;
  /** For a button that stays pressed. */
  readonly pressed?: boolean;
}

/** The one button of the app, sized for a gloved hand. */
export const ActionButton = ({
  size = 'row',
  weight = 'plain',
  icon,
  busy = false,
  submit = false,
  pressed,
  disabled,
  className,
  children,
  ...rest
}: ActionButtonProps) => (
  <button
    {...rest}
    type={submit ? 'submit' : 'button'}
    className={className === undefined ? styles.button : `${styles.button} ${className}`}
    data-size={size}
    data-weight={weight}
    aria-pressed={pressed}
    aria-busy={busy || undefined}
    disabled={disabled === true || busy}
  >
    {icon}
    <span className={styles.label}>{children}</span>
  </button>
);
