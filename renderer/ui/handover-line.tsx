import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../main/contract/hot-folders.ts';
import { useHotFolders } from '../app-context.ts';
import { ActionButton } from './action-button.tsx';
import { FileRole } from './file-role.tsx';
import styles from './handover-line.module.css';
import { handoverMark } from './marks.ts';
import { StatusMark } from './status-mark.tsx';
import { useAction } from './use-action.ts';
import { useNow } from './use-now.ts';
import { useWords } from './use-words.ts';

interface HandoverLineProps {
  readonly handover: HandoverView;
  /** False where the folder's own heading stands above. */
  readonly showFolder: boolean;
}

/** One file's way into one hot folder: its state, what proves it, and Undo while it still lies there. */
export const HandoverLine = ({ handover, showFolder }: HandoverLineProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const undo = useHotFolders((state) => state.undo);
  const { busy, run } = useAction();
  const at = handover.pickedUpAt ?? handover.sentAt ?? handover.intendedAt;
  const lying = handover.state === 'sent' && handover.sentAt !== null;
  return (
    <li className={styles.line}>
      <StatusMark
        mark={handover.overdue ? 'attention' : handoverMark(handover.state)}
        size={20}
        strong={handover.overdue}
      >
        {handover.overdue && lying
          ? t('handover.overdue', { time: words.duration(now - Date.parse(handover.sentAt ?? at)) })
          : t(`handoverState.${handover.state}`, { time: words.moment(at, now) })}
      </StatusMark>
      <span className={styles.file}>
        {showFolder ? `${handover.hotFolderName}: ` : ''}
        <FileRole role={handover.role} /> <span className={styles.name}>{handover.fileName}</span>
      </span>
      {handover.problem !== null && <span className={styles.problem}>{handover.problem}</span>}
      {handover.undoable && (
        <ActionButton
          busy={busy}
          onClick={() => void run(() => undo(handover.id), t('handover.takenBack', { name: handover.fileName }))}
        >
          {t('handover.undo')}
        </ActionButton>
      )}
    </li>
  );
};
