import type { ComponentProps } from 'react';
import { ActionButton } from '../../ui/action-button.tsx';

/** A button of the picker: Escape on it closes no dialog below, which waits for what the picker comes to. */
export const PickerButton = (props: ComponentProps<typeof ActionButton>) => (
  <ActionButton size="main" data-mantine-stop-propagation="true" {...props} />
);
