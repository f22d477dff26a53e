import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HotFolderView } from '../../../main/contract/hot-folders.ts';
import { useHotFolders } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { Line } from '../../ui/line.tsx';
import type { Mark } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { FolderDialog } from './folder-dialog.tsx';
import laneStyles from './lane.module.css';
import { LaneFacts } from './lane-facts.tsx';
import { InsideLines, TakenLines } from './lane-lines.tsx';
import { PathCheck } from './path-check.tsx';

const folderMarks: Readonly<Record<HotFolderView['state'], Mark>> = { ok: 'done', offline: 'down', full: 'stopped' };

const RemoveDialog = ({ folder, onClose }: { readonly folder: HotFolderView; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const remove = useHotFolders((state) => state.remove);
  const { busy, run } = useAction();
  return (
    <DialogForm
      opened
      onClose={onClose}
      title={t('folder.removeTitle', { name: folder.name })}
      submitText={t('folder.remove')}
      busy={busy}
      complete
      onSubmit={() => void run(() => remove(folder.id)).then(onClose)}
    >
      <p>{t('folder.removeText')}</p>
    </DialogForm>
  );
};

/** What is wrong with the lane as a whole: the folder is away, or the RIP takes nothing. */
const LaneProblems = ({ folder }: { readonly folder: HotFolderView }) => {
  const { t } = useTranslation();
  return (
    <>
      {folder.problem !== null && (
        <p className={styles.problem}>
          <StatusMark mark={folderMarks[folder.state]} strong>
            <Line text={folder.problem} />
          </StatusMark>
        </p>
      )}
      {folder.stuck && (
        <p className={styles.problem}>
          <StatusMark mark="attention" strong>
            {t('folder.stuck')}
          </StatusMark>
        </p>
      )}
    </>
  );
};

/** One hot folder as a lane: whether it can be written to, what lies in it and for how long, what the RIP made of the last. */
export const FolderLane = ({ folder }: { readonly folder: HotFolderView }) => {
  const { t } = useTranslation();
  const handovers = useHotFolders((state) => state.handovers);
  const look = useHotFolders((state) => state.look);
  const words = useWords();
  const now = useNow();
  const { lookedAt } = folder.inside;
  const { busy, run } = useAction();
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <section className={styles.card} aria-label={folder.name}>
      <div className={styles.cardHead}>
        <h2 className={styles.cardTitle}>{folder.name}</h2>
        <StatusMark mark={folderMarks[folder.state]} strong={folder.state !== 'ok'}>
          {t(`folderState.${folder.state}`)}
        </StatusMark>
        <span>{t(`folder.mode_${folder.mode}`)}</span>
        <span className={styles.space} />
        {folder.fromConfig ? (
          <span className={styles.dim}>{t('config.declared')}</span>
        ) : (
          <div className={styles.actions}>
            <ActionButton onClick={() => setDialog('edit')}>{t('folder.editShort')}</ActionButton>
            <ActionButton onClick={() => setDialog('remove')}>{t('folder.removeShort')}</ActionButton>
          </div>
        )}
      </div>
      <LaneProblems folder={folder} />
      <LaneFacts folder={folder} />
      <InsideLines folder={folder} handovers={handovers.filter(({ hotFolder }) => hotFolder === folder.id)} />
      <TakenLines taken={folder.taken} />
      <PathCheck path={folder.path} preset={folder}>
        <ActionButton busy={busy} onClick={() => void run(() => look(folder.id))}>
          {t('folder.look')}
        </ActionButton>
        {lookedAt !== null && (
          <span className={laneStyles.listed}>{t('folder.lookedAt', { time: words.moment(lookedAt, now) })}</span>
        )}
      </PathCheck>
      {dialog === 'edit' && <FolderDialog folder={folder} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog folder={folder} onClose={close} />}
    </section>
  );
};
