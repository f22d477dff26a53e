import { useTranslation } from 'react-i18next';
import { fileStates } from '../../../main/contract/values.ts';
import { useFiles } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/list-screen.module.css';
import { ListScreen } from '../../ui/list-screen.tsx';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { fileMark } from '../../ui/marks.ts';
import { ScreenState } from '../../ui/screen-state.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useWords } from '../../ui/use-words.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { FileRow, fileRowHeightPx } from './file-row.tsx';

const StateChips = () => {
  const { t } = useTranslation();
  const words = useWords();
  const shown = useFiles((state) => state.shown);
  const show = useFiles((state) => state.show);
  const counts = useFiles((state) => state.countByState);
  const retryProblems = useFiles((state) => state.retryProblems);
  const { busy, run } = useAction();
  const problems = counts.problem ?? 0;
  return (
    <div className={styles.head}>
      <ActionButton pressed={shown === null} onClick={() => show(null)}>
        {t('files.all')}
      </ActionButton>
      {fileStates.map((state) => (
        <ActionButton
          key={state}
          pressed={shown === state}
          icon={<MarkShape mark={fileMark(state)} size={20} />}
          onClick={() => show(state)}
        >
          {t(`fileState.${state}`)} <span className={styles.number}>{words.count(counts[state] ?? 0)}</span>
        </ActionButton>
      ))}
      <span className={styles.space} />
      {problems > 0 && (
        <ActionButton
          busy={busy}
          onClick={() => void run(retryProblems, ({ count }) => t('files.problemsRetried', { count }))}
        >
          {t('files.retryProblems', { count: problems })}
        </ActionButton>
      )}
    </div>
  );
};

const Content = () => {
  const { t } = useTranslation();
  const load = useFiles((state) => state.load);
  const list = useFiles((state) => state.list);
  const shown = useFiles((state) => state.shown);
  const loadMore = useFiles((state) => state.loadMore);
  if (load.kind !== 'ready') return <LoadNotice load={load} />;
  if (list.ids.length === 0) {
    return (
      <ScreenState mark="done" title={t(shown === null ? 'files.none' : 'files.noneInState')}>
        {shown === null ? t('files.noneText') : null}
      </ScreenState>
    );
  }
  return (
    <VirtualList
      ids={list.ids}
      total={list.total}
      rowHeightPx={fileRowHeightPx}
      label={t('nav.files')}
      loadMore={loadMore}
      renderRow={(id) => <FileRow id={id} />}
    />
  );
};

/** Every file of every order on its way from the platform to print-ready. */
export const FilesScreen = () => {
  const { t } = useTranslation();
  const load = useFiles((state) => state.load);
  const total = useFiles((state) => state.list.total);
  const newCount = useFiles((state) => state.list.newIds.length);
  const stale = useFiles((state) => state.list.stale);
  const showNew = useFiles((state) => state.showNew);
  return (
    <ListScreen
      label={t('nav.files')}
      head={<StateChips />}
      text={t('files.shown', { count: total })}
      newText={t('files.new', { count: newCount })}
      newCount={newCount}
      stale={stale}
      load={load}
      onShow={showNew}
    >
      <Content />
    </ListScreen>
  );
};
