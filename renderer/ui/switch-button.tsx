import { ActionButton } from './action-button.tsx';
import { MarkShape } from './status-mark.tsx';

interface SwitchButtonProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly children: string;
}

/** A setting that is on or off, as big as a button. */
export const SwitchButton = ({ checked, onChange, disabled = false, children }: SwitchButtonProps) => (
  <ActionButton
    pressed={checked}
    disabled={disabled}
    icon={<MarkShape mark={checked ? 'done' : 'plain'} size={20} />}
    onClick={() => onChange(!checked)}
  >
    {children}
  </ActionButton>
);
