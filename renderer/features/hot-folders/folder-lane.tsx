import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HotFolderView } from '../../../main/contract/hot-folders.ts';
import { useHotFolders } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { HandoverLine } from '../../ui/handover-line.tsx';
import type { Mark } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import { MaybeSentQuestion } from '../order/maybe-sent-question.tsx';
import { FolderDialog } from './folder-dialog.tsx';

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

/** One hot folder: whether it can be written to, what lies in it and for how long. */
export const FolderLane = ({ folder }: { readonly folder: HotFolderView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const handovers = useHotFolders((state) => state.handovers);
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null);
  const close = (): void => setDialog(null);
  const own = handovers.filter((handover) => handover.hotFolder === folder.id);
  const accepted = [
    ...folder.accepts.roles.map((role) => t(`role.${role}`, { defaultValue: role })),
    ...folder.accepts.connections,
    ...folder.accepts.platforms,
    ...folder.accepts.products,
  ];
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
      {folder.problem !== null && (
        <p className={styles.problem}>
          <StatusMark mark={folderMarks[folder.state]} strong>
            {folder.problem}
          </StatusMark>
        </p>
      )}
      <dl className={styles.facts}>
        <dt>{t('folder.path')}</dt>
        <dd className={styles.mono}>{folder.path}</dd>
        <dt>{t('folder.takes')}</dt>
        <dd>{accepted.length === 0 ? t('folder.takesAll') : accepted.join(', ')}</dd>
        <dt>{t('folder.inside')}</dt>
        <dd>
          {t('folder.lying', { count: folder.lying })}
          {folder.oldestLyingSince !== null &&
            ` · ${t('folder.oldest', { time: words.duration(now - Date.parse(folder.oldestLyingSince)) })}`}
          {folder.waiting > 0 && ` · ${t('folder.waiting', { count: folder.waiting })}`}
        </dd>
        <dt>{t('folder.lastPickUp')}</dt>
        <dd>{folder.lastPickUpAt === null ? t('folder.noPickUp') : words.moment(folder.lastPickUpAt, now)}</dd>
      </dl>
      {own.length > 0 && (
        <ul className={styles.lines} aria-label={t('folder.inside')}>
          {own.map((handover) =>
            handover.state === 'maybeSent' ? (
              <li key={handover.id}>
                <MaybeSentQuestion handover={handover} />
              </li>
            ) : (
              <HandoverLine key={handover.id} handover={handover} showFolder={false} />
            ),
          )}
        </ul>
      )}
      {dialog === 'edit' && <FolderDialog folder={folder} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog folder={folder} onClose={close} />}
    </section>
  );
};
