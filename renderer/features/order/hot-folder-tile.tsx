import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HotFolderView } from '../../../main/contract/hot-folders.ts';
import type { Mark } from '../../ui/marks.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { draggedFiles, isDragOf } from './hot-folder-drag.ts';
import styles from './hot-folder-targets.module.css';
import type { TargetFit } from './target-fit.ts';
import { useMisfitWords } from './use-misfit-words.ts';

const fitMarks: Readonly<Record<TargetFit['kind'], Mark>> = {
  fits: 'onward',
  misfit: 'ended',
  notReady: 'waiting',
  closed: 'ended',
};

interface HotFolderTileProps {
  readonly itemId: number;
  readonly folder: HotFolderView;
  /** How what is chosen fits the folder. */
  readonly fit: TargetFit;
  readonly busy: boolean;
  /** `files` null: what is chosen. */
  readonly onHandOver: (dropped: { readonly files: readonly number[] | null } | null) => void;
}

/** One hot folder as a target to tap or to drop on, which says before that what would happen. */
export const HotFolderTile = ({ itemId, folder, fit, busy, onHandOver }: HotFolderTileProps) => {
  const { t } = useTranslation();
  const misfitWords = useMisfitWords();
  const [over, setOver] = useState(false);
  const closed = fit.kind === 'closed' || fit.kind === 'notReady';
  const role = (name: string): string => t(`role.${name}`, { defaultValue: name });
  const roles = (files: readonly { readonly role: string }[]): string =>
    files.map((file) => role(file.role)).join(', ');

  const onDragOver = (event: DragEvent): void => {
    if (closed || busy || !isDragOf(event.dataTransfer, itemId)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const onDrop = (event: DragEvent): void => {
    setOver(false);
    if (closed || busy || !isDragOf(event.dataTransfer, itemId)) return;
    event.preventDefault();
    onHandOver({ files: draggedFiles(event.dataTransfer, itemId) });
  };

  const word = (): string => {
    switch (fit.kind) {
      case 'fits':
        return t('target.goes', { count: fit.files.length, roles: roles(fit.files) });
      case 'misfit':
        return t('target.misfit');
      case 'notReady':
        return t('target.notReady', { roles: roles(fit.files) });
      case 'closed':
        return t(`target.${fit.why}`);
    }
  };
  const details = new Set([
    ...(fit.kind === 'misfit'
      ? fit.misfits.flatMap(({ file, reasons }) =>
          reasons.map((reason) => t('target.reason', { role: role(file.role), reason: misfitWords(reason) })),
        )
      : []),
    ...(fit.kind === 'fits' && fit.left.length > 0 ? [t('target.left', { roles: roles(fit.left) })] : []),
    ...(fit.kind === 'fits' && fit.unknown ? [t('target.unknown')] : []),
    ...((fit.kind === 'fits' || fit.kind === 'misfit') && fit.again ? [t('target.again')] : []),
    ...(folder.state === 'ok' ? [] : [t(`target.folder_${folder.state}`)]),
    ...(folder.stuck ? [t('target.stuck')] : []),
  ]);
  return (
    <button
      type="button"
      className={styles.tile}
      data-size="main"
      data-fit={fit.kind}
      data-over={over || undefined}
      disabled={closed || busy}
      aria-busy={busy || undefined}
      onClick={() => onHandOver(null)}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <span className={styles.name}>{folder.name}</span>
      <span className={styles.details}>
        <StatusMark mark={fitMarks[fit.kind]} size={20} strong={fit.kind === 'misfit'}>
          {word()}
        </StatusMark>
        {[...details].map((line) => (
          <span key={line} className={styles.detail}>
            {line}
          </span>
        ))}
      </span>
    </button>
  );
};
