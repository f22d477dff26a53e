import { IconGripVertical } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FolderFit, HotFolderView, ItemFits } from '../../../main/contract/hot-folders.ts';
import { useHotFolders } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useAction } from '../../ui/use-action.ts';
import { putDraggedFiles } from './hot-folder-drag.ts';
import styles from './hot-folder-targets.module.css';
import { HotFolderTile } from './hot-folder-tile.tsx';
import { type TargetFit, targetFit } from './target-fit.ts';
import { useMisfitWords } from './use-misfit-words.ts';

interface Asked {
  readonly folder: HotFolderView;
  readonly fit: Extract<TargetFit, { kind: 'fits' | 'misfit' }>;
}

interface ConfirmProps {
  readonly asked: Asked;
  readonly item: ItemFits['item'];
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** What does not fit, or may print twice, takes a second tap that names the reasons. */
const ConfirmHandOver = ({ asked: { folder, fit }, item, onClose, onConfirm }: ConfirmProps) => {
  const { t } = useTranslation();
  const misfitWords = useMisfitWords();
  const misfit = fit.kind === 'misfit';
  return (
    <ConfirmDialog
      title={t(misfit ? 'target.anywayTitle' : 'handover.againTitle', { folder: folder.name })}
      submitText={t(misfit ? 'target.anyway' : 'handover.againSubmit')}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      {misfit && (
        <ul className={styles.reasons}>
          {fit.misfits.flatMap(({ file, reasons }) =>
            reasons.map((reason) => (
              <li key={`${file.id} ${reason.code}`}>
                {t('target.reason', {
                  role: t(`role.${file.role}`, { defaultValue: file.role }),
                  reason: misfitWords(reason),
                })}
              </li>
            )),
          )}
        </ul>
      )}
      {fit.again && <p>{t('handover.againText', { number: item.number, title: item.title, count: item.copies })}</p>}
    </ConfirmDialog>
  );
};

interface PickerProps {
  readonly fits: ItemFits;
  readonly chosen: readonly number[] | null;
  readonly onChoose: (chosen: readonly number[] | null) => void;
}

/** What is handed over: the whole item, or some of its files. Each choice can be tapped, or dragged to a folder. */
const FilePicker = ({ fits: { item, files }, chosen, onChoose }: PickerProps) => {
  const { t } = useTranslation();
  const toggle = (id: number): void => {
    const next = chosen?.includes(id) === true ? chosen.filter((each) => each !== id) : [...(chosen ?? []), id];
    onChoose(next.length === 0 ? null : next);
  };
  const grip = <IconGripVertical size={20} aria-hidden />;
  return (
    <fieldset className={styles.files} aria-label={t('target.what')}>
      <ActionButton
        pressed={chosen === null}
        icon={grip}
        draggable
        onDragStart={(event) => putDraggedFiles(event.dataTransfer, item.id, null)}
        onClick={() => onChoose(null)}
      >
        {t('target.all', { count: files.length })}
      </ActionButton>
      {files.length > 1 &&
        files.map((file) => (
          <ActionButton
            key={file.id}
            pressed={chosen?.includes(file.id) === true}
            icon={grip}
            draggable
            onDragStart={(event) => putDraggedFiles(event.dataTransfer, item.id, [file.id])}
            onClick={() => toggle(file.id)}
          >
            {t(`role.${file.role}`, { defaultValue: file.role })}
          </ActionButton>
        ))}
    </fieldset>
  );
};

interface HotFolderTargetsProps {
  readonly itemId: number;
  /** The files that are chosen at first; the whole item when there are none. */
  readonly files?: readonly number[];
  /** Told once files were handed over. */
  readonly onHandedOver?: () => void;
}

/** The hot folders as targets for an item's files: tap one, or drop files on it. What does not fit is said before. */
export const HotFolderTargets = ({ itemId, files, onHandedOver }: HotFolderTargetsProps) => {
  const { t } = useTranslation();
  const folders = useHotFolders((state) => state.hotFolders);
  const fits = useHotFolders((state) => state.fits[itemId]);
  const watchFits = useHotFolders((state) => state.watchFits);
  const handOver = useHotFolders((state) => state.handOver);
  const { busy, run } = useAction();
  const [chosen, setChosen] = useState<readonly number[] | null>(files ?? null);
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => watchFits(itemId), [watchFits, itemId]);
  if (fits === undefined || fits.files.length === 0) return null;

  const go = async ({ folder, fit }: Asked): Promise<void> => {
    const choice = {
      files: fit.files.map(({ id }) => id),
      again: fit.again,
      anyway: fit.kind === 'misfit',
    };
    const done = await run(
      () => handOver(itemId, folder.id, choice),
      ({ handovers }) => t('handover.done', { count: handovers.length, folder: folder.name }),
    );
    if (done) onHandedOver?.();
  };
  const take = (folder: HotFolderView, fit: TargetFit): void => {
    if (fit.kind === 'closed' || fit.kind === 'notReady') return;
    if (fit.kind === 'misfit' || fit.again) setAsked({ folder, fit });
    else void go({ folder, fit });
  };
  const tiles = folders.flatMap((folder): readonly { folder: HotFolderView; folderFit: FolderFit }[] => {
    const folderFit = fits.folders.find(({ hotFolder }) => hotFolder === folder.id);
    return folderFit === undefined ? [] : [{ folder, folderFit }];
  });
  return (
    <section className={styles.targets} aria-label={t('target.title')}>
      <FilePicker fits={fits} chosen={chosen} onChoose={setChosen} />
      <p className={styles.hint}>{t('target.hint')}</p>
      <div className={styles.tiles}>
        {tiles.map(({ folder, folderFit }) => {
          const fit = targetFit(fits, folderFit, chosen);
          return (
            <HotFolderTile
              key={folder.id}
              itemId={itemId}
              folder={folder}
              fit={fit}
              busy={busy}
              onHandOver={(dropped) => take(folder, dropped === null ? fit : targetFit(fits, folderFit, dropped.files))}
            />
          );
        })}
      </div>
      {asked !== null && (
        <ConfirmHandOver
          asked={asked}
          item={fits.item}
          onClose={() => setAsked(null)}
          onConfirm={() => void go(asked)}
        />
      )}
    </section>
  );
};
