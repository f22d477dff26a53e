import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../main/contract/job-view.ts';
import { useJobs } from '../../app-context.ts';
import type { JobCommand } from '../../stores/jobs-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAction } from '../../ui/use-action.ts';
import styles from './job-card.module.css';
import { JobCommandDialog } from './job-command-dialog.tsx';

/** After resuming, which comes first: what is harmless before what costs. */
const confirmed = ['restart', 'renderAgain', 'tagDone'] as const;

interface JobButtonsProps {
  readonly job: JobView;
  /** The platform's name. */
  readonly platform: string;
}

/** What can be asked of a job now. */
export const JobButtons = ({ job, platform }: JobButtonsProps) => {
  const { t } = useTranslation();
  const check = useJobs((state) => state.check);
  const give = useJobs((state) => state.command);
  const { busy, run } = useAction();
  const [asking, setAsking] = useState<Exclude<JobCommand, 'resume'> | null>(null);
  if (job.actions.length === 0) return null;
  const command = (kind: JobCommand): void =>
    void run(() => give(job.id, kind), t('job.commandQueued', { name: t(`signal.${kind}`) }));
  return (
    <fieldset className={styles.actions} aria-label={t('job.actions')}>
      {job.actions.includes('resume') && (
        <ActionButton size="main" weight="strong" busy={busy} onClick={() => command('resume')}>
          {t('job.resume')}
        </ActionButton>
      )}
      {job.actions.includes('check') && (
        <ActionButton busy={busy} onClick={() => void run(() => check(job.id), t('job.checking', { platform }))}>
          {t('job.check')}
        </ActionButton>
      )}
      {confirmed
        .filter((kind) => job.actions.includes(kind))
        .map((kind) => (
          <ActionButton key={kind} busy={busy} onClick={() => setAsking(kind)}>
            {t(`job.${kind}`)}
          </ActionButton>
        ))}
      {asking !== null && (
        <JobCommandDialog
          command={asking}
          platform={platform}
          onClose={() => setAsking(null)}
          onConfirm={() => command(asking)}
        />
      )}
    </fieldset>
  );
};
