import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotFolders } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/cards.module.css';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { ScreenState } from '../../ui/screen-state.tsx';
import { FolderDialog } from './folder-dialog.tsx';
import { FolderLane } from './folder-lane.tsx';

/** Each hot folder as a lane of its own: one that is full or offline blocks nothing else. */
export const HotFoldersScreen = () => {
  const { t } = useTranslation();
  const load = useHotFolders((state) => state.load);
  const folders = useHotFolders((state) => state.hotFolders);
  const [adding, setAdding] = useState(false);
  return (
    <section className={styles.screen} aria-label={t('nav.hotFolders')}>
      <div className={styles.inner}>
        <div className={styles.head}>
          <h1 className={styles.title}>{t('nav.hotFolders')}</h1>
          <ActionButton size="main" onClick={() => setAdding(true)}>
            {t('folder.add')}
          </ActionButton>
        </div>
        <LoadNotice load={load} />
        {load.kind === 'ready' && folders.length === 0 && (
          <ScreenState mark="plain" title={t('folder.none')}>
            {t('folder.noneText')}
          </ScreenState>
        )}
        {folders.map((folder) => (
          <FolderLane key={folder.id} folder={folder} />
        ))}
      </div>
      {adding && <FolderDialog folder={null} onClose={() => setAdding(false)} />}
    </section>
  );
};
