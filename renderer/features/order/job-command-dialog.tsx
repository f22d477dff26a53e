import { useTranslation } from 'react-i18next';
import type { JobCommand } from '../../stores/jobs-store.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

interface JobCommandDialogProps {
  readonly command: Exclude<JobCommand, 'resume'>;
  readonly platform: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Says what a command may cost or set off before it is given; resuming does neither. */
export const JobCommandDialog = ({ command, platform, onClose, onConfirm }: JobCommandDialogProps) => {
  const { t } = useTranslation();
  return (
    <ConfirmDialog
      title={t(`jobCommand.${command}.title`)}
      submitText={t(`jobCommand.${command}.submit`)}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <p>{t(`jobCommand.${command}.text`, { platform })}</p>
    </ConfirmDialog>
  );
};
