import { IconDownload, IconGripVertical } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileView } from '../../../main/contract/files.ts';
import { useFiles, useWire } from '../../app-context.ts';
import buttonStyles from '../../ui/action-button.module.css';
import { FileRole } from '../../ui/file-role.tsx';
import { FileStatus } from '../../ui/file-status.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useWords } from '../../ui/use-words.ts';
import { FileThumbnail } from '../pages/file-thumbnail.tsx';
import { InspectionLines } from '../pages/inspection-lines.tsx';
import { CopyPathButton } from './copy-path-button.tsx';
import styles from './file-list.module.css';

/** What a ready file was checked against; what did not match, with both values. */
const Evidence = ({ file }: { readonly file: FileView }) => {
  const { t } = useTranslation();
  const md5Differs = file.md5 !== null && file.expectedMd5 !== null && file.md5 !== file.expectedMd5;
  const sizeDiffers =
    file.state === 'problem' && file.expectedBytes !== null && file.bytes > 0 && file.bytes !== file.expectedBytes;
  if (!md5Differs && !sizeDiffers) return null;
  return (
    <dl className={styles.difference}>
      {sizeDiffers && (
        <>
          <dt>{t('file.sizeExpected')}</dt>
          <dd>{file.expectedBytes}</dd>
          <dt>{t('file.sizeFound')}</dt>
          <dd>{file.bytes}</dd>
        </>
      )}
      {md5Differs && (
        <>
          <dt>{t('file.md5Expected')}</dt>
          <dd>{file.expectedMd5}</dd>
          <dt>{t('file.md5Found')}</dt>
          <dd>{file.md5}</dd>
        </>
      )}
    </dl>
  );
};

const FileLine = ({ file }: { readonly file: FileView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const wire = useWire();
  const dragOut = useFiles((state) => state.dragOut);
  const retry = useFiles((state) => state.retry);
  const { busy, run } = useAction();
  const ready = file.state === 'ready';
  const url = wire.fileUrl?.(file.id) ?? null;

  const onDragStart = (event: DragEvent): void => {
    if (url === null) {
      // The desktop app starts a native drag of the real file in place of the page's own.
      event.preventDefault();
      void run(() => dragOut([file.id]));
      return;
    }
    const absolute = new URL(url, window.location.href.split('#')[0]).href;
    event.dataTransfer.effectAllowed = 'copy';
    event.dataTransfer.setData('DownloadURL', `application/octet-stream:${file.name}:${absolute}`);
    event.dataTransfer.setData('text/uri-list', absolute);
  };

  return (
    <li className={styles.file} draggable={ready} onDragStart={onDragStart} data-ready={ready || undefined}>
      <span className={styles.grip}>{ready && <IconGripVertical size={24} aria-label={t('file.drag')} />}</span>
      <span className={styles.thumbnail}>
        <FileThumbnail file={file} />
      </span>
      <span className={styles.role}>
        <FileRole role={file.role} />
      </span>
      <span className={styles.name}>
        <span className={styles.fileName}>{file.name}</span>
        <span className={styles.size}>{words.bytes(ready ? file.bytes : (file.expectedBytes ?? file.bytes))}</span>
      </span>
      <span className={styles.status}>
        <FileStatus file={file} />
      </span>
      <span className={styles.action}>
        {ready && url !== null && (
          <a className={buttonStyles.button} href={url} download={file.name} draggable={false}>
            <IconDownload size={22} aria-hidden />
            <span className={buttonStyles.label}>{t('file.download')}</span>
          </a>
        )}
        {ready && url === null && file.path !== null && <CopyPathButton path={file.path} />}
        {(file.state === 'problem' || file.state === 'waiting') && (
          <button
            type="button"
            className={buttonStyles.button}
            disabled={busy}
            onClick={() => void run(() => retry(file.id), t('file.retried', { name: file.name }))}
          >
            {t('file.retry')}
          </button>
        )}
      </span>
      <div className={styles.found}>
        <InspectionLines file={file} />
        <Evidence file={file} />
      </div>
    </li>
  );
};

/**
 * The files of an item, each with page one, its state, what proves it and what is in it. A ready file can be paged
 * through, dragged out or fetched with a tap.
 */
export const FileList = ({ files }: { readonly files: readonly FileView[] }) => {
  const { t } = useTranslation();
  return (
    <ul className={styles.list} aria-label={t('item.files')}>
      {files.map((file) => (
        <FileLine key={file.id} file={file} />
      ))}
    </ul>
  );
};
