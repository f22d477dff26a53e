import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** For a table. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

const wideDialogPx = 1000;

/** A dialog that a person opened; nothing in the background ever opens one. */
export const Dialog = ({ opened, onClose, title, wide = false, children }: DialogProps) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('dialog.close') }}
      {...(wide ? { size: wideDialogPx } : {})}
    >
      {children}
    </Modal>
  );
};
