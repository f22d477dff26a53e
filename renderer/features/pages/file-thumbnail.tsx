import { IconFile, IconFileAlert } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileView } from '../../../main/contract/files.ts';
import styles from './file-thumbnail.module.css';
import { hasPages } from './page-file.ts';
import { PageViewer } from './page-viewer.tsx';
import { useOnScreen } from './use-on-screen.ts';
import { usePicture } from './use-picture.ts';

/** Twice as many pixels as it measures: sharp on most screens. */
const longestPx = 144;

const Pages = ({ file }: { readonly file: FileView }) => {
  const { t } = useTranslation();
  const [viewing, setViewing] = useState(false);
  const { ref, seen } = useOnScreen<HTMLButtonElement>();
  const picture = usePicture(file, longestPx, seen);
  const words = t('pages.look', { name: file.name });
  return (
    <>
      <button
        ref={ref}
        type="button"
        className={styles.thumbnail}
        data-picture={picture?.kind ?? 'none'}
        aria-label={words}
        title={words}
        onClick={() => setViewing(true)}
      >
        {picture?.kind === 'ready' && <img className={styles.picture} src={picture.url} alt="" draggable={false} />}
        {picture?.kind === 'failed' && <IconFileAlert size={32} aria-hidden />}
      </button>
      {viewing && <PageViewer file={file} onClose={() => setViewing(false)} />}
    </>
  );
};

/** Page one of a file, small; a tap pages through it. What has no pages to show is an empty sheet. */
export const FileThumbnail = ({ file }: { readonly file: FileView }) =>
  hasPages(file) ? (
    <Pages file={file} />
  ) : (
    <span className={styles.thumbnail}>
      <IconFile size={32} aria-hidden className={styles.empty} />
    </span>
  );
