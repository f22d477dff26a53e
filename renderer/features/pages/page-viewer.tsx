import { Modal } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconCrop } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileView } from '../../../main/contract/files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { FileRole } from '../../ui/file-role.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { BoxOutlines } from './box-outlines.tsx';
import { PageCanvas } from './page-canvas.tsx';
import { PageFacts } from './page-facts.tsx';
import { PageNumber } from './page-number.tsx';
import styles from './page-viewer.module.css';
import { useBook } from './use-book.ts';
import { usePaging } from './use-paging.ts';

interface PageViewerProps {
  readonly file: FileView;
  readonly onClose: () => void;
}

/** The boxes of a page, as far as the station knows them. */
const boxesOn = ({ inspection }: FileView, page: number) =>
  inspection?.boxes.find(({ fromPage, toPage }) => page >= fromPage && page <= toPage);

/** Pages through a file over the whole window, by key, tap or swipe, with its trim and bleed. */
export const PageViewer = ({ file, onClose }: PageViewerProps) => {
  const { t } = useTranslation();
  const state = useBook(file);
  const pages = state.kind === 'open' ? state.book.pages : (file.inspection?.pages ?? 1);
  const { page, goTo, swipe } = usePaging(pages);
  const [showsBoxes, setShowsBoxes] = useState(true);
  const [failedPage, setFailedPage] = useState<number | null>(null);
  const onDrawn = useCallback((drawn: boolean) => setFailedPage(drawn ? null : page), [page]);
  const boxes = boxesOn(file, page);
  const hasBoxes = boxes !== undefined && (boxes.trim !== null || boxes.bleed !== null);
  const failed = state.kind === 'failed' || failedPage === page;
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={
        <>
          <FileRole role={file.role} /> <span className={styles.name}>{file.name}</span>
        </>
      }
      closeButtonProps={{ 'aria-label': t('dialog.close') }}
      classNames={{ content: styles.content, body: styles.body, title: styles.title }}
    >
      <div className={styles.stage} tabIndex={-1} data-autofocus {...swipe}>
        {state.kind === 'opening' && <ScreenState mark="moving" title={t('pages.opening')} />}
        {failed && (
          <ScreenState mark="attention" title={t('pages.failed')}>
            {t('pages.failedText')}
          </ScreenState>
        )}
        {state.kind === 'open' && !failed && (
          <PageCanvas book={state.book} page={page} label={t('pages.page', { page, pages })} onDrawn={onDrawn}>
            {showsBoxes && boxes !== undefined && <BoxOutlines boxes={boxes} />}
          </PageCanvas>
        )}
      </div>
      <PageFacts boxes={boxes} />
      <div className={styles.controls}>
        <ActionButton
          size="main"
          icon={<IconArrowLeft size={28} aria-hidden />}
          disabled={page <= 1}
          onClick={() => goTo(page - 1)}
        >
          {t('pages.previous')}
        </ActionButton>
        <PageNumber page={page} pages={pages} onGo={goTo} />
        <ActionButton
          size="main"
          icon={<IconCrop size={28} aria-hidden />}
          pressed={showsBoxes && hasBoxes}
          disabled={!hasBoxes}
          onClick={() => setShowsBoxes(!showsBoxes)}
        >
          {t('pages.boxes')}
        </ActionButton>
        <ActionButton
          size="main"
          weight="strong"
          icon={<IconArrowRight size={28} aria-hidden />}
          disabled={page >= pages}
          onClick={() => goTo(page + 1)}
        >
          {t('pages.next')}
        </ActionButton>
      </div>
    </Modal>
  );
};
