import { useTranslation } from 'react-i18next';
import type { OutboxState } from '../../../main/contract/values.ts';
import { useOutbox } from '../../app-context.ts';
import type { OutboxChoice } from '../../stores/outbox-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import styles from '../../ui/list-screen.module.css';
import { ListScreen } from '../../ui/list-screen.tsx';
import { LoadNotice } from '../../ui/load-notice.tsx';
import { outboxMark } from '../../ui/marks.ts';
import { ScreenState } from '../../ui/screen-state.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useWords } from '../../ui/use-words.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { FailedGroups } from './failed-groups.tsx';
import { SignalRow, signalRowHeightPx } from './signal-row.tsx';

/** What an operator asks for: what waits, what a person must look at, what is done. */
const groups = [
  { key: 'waiting', mark: 'waiting', states: ['queued', 'sending', 'waiting'] },
  { key: 'problem', mark: 'problem', states: ['problem'] },
  { key: 'maybe', mark: 'maybe', states: ['maybe'] },
  { key: 'sent', mark: 'sent', states: ['sent'] },
  { key: 'cancelled', mark: 'cancelled', states: ['cancelled'] },
] as const satisfies readonly {
  readonly key: string;
  readonly mark: OutboxState;
  readonly states: readonly OutboxState[];
}[];

const isShown = (shown: OutboxChoice, states: readonly OutboxState[]): boolean =>
  shown.kind === 'states' &&
  shown.states.length === states.length &&
  shown.states.every((state) => states.includes(state));

const GroupChips = () => {
  const { t } = useTranslation();
  const words = useWords();
  const shown = useOutbox((state) => state.shown);
  const show = useOutbox((state) => state.show);
  const showCauses = useOutbox((state) => state.showCauses);
  const causes = useOutbox((state) => state.groups.length);
  const counts = useOutbox((state) => state.countByState);
  const retryProblems = useOutbox((state) => state.retryProblems);
  const { busy, run } = useAction();
  const problems = counts.problem ?? 0;
  return (
    <div className={styles.head}>
      {(causes > 0 || shown.kind !== 'states') && (
        <ActionButton
          pressed={shown.kind === 'causes'}
          icon={<MarkShape mark="stopped" size={20} />}
          onClick={showCauses}
        >
          {t('failed.byCause')} <span className={styles.number}>{words.count(causes)}</span>
        </ActionButton>
      )}
      <ActionButton pressed={isShown(shown, [])} onClick={() => show([])}>
        {t('signals.all')}
      </ActionButton>
      {groups.map((group) => (
        <ActionButton
          key={group.key}
          pressed={isShown(shown, group.states)}
          icon={<MarkShape mark={outboxMark(group.mark)} size={20} />}
          onClick={() => show(group.states)}
        >
          {t(`signals.${group.key}`)}{' '}
          <span className={styles.number}>
            {words.count(group.states.reduce((sum, state) => sum + (counts[state] ?? 0), 0))}
          </span>
        </ActionButton>
      ))}
      <span className={styles.space} />
      {problems > 0 && (
        <ActionButton
          busy={busy}
          onClick={() => void run(retryProblems, ({ count }) => t('signals.problemsRetried', { count }))}
        >
          {t('signals.retryProblems', { count: problems })}
        </ActionButton>
      )}
    </div>
  );
};

const Content = () => {
  const { t } = useTranslation();
  const load = useOutbox((state) => state.load);
  const list = useOutbox((state) => state.list);
  const shown = useOutbox((state) => state.shown);
  const loadMore = useOutbox((state) => state.loadMore);
  if (load.kind !== 'ready') return <LoadNotice load={load} />;
  if (shown.kind === 'causes') return <FailedGroups />;
  if (list.ids.length === 0) {
    const all = isShown(shown, []);
    return (
      <ScreenState mark="done" title={t(all ? 'signals.none' : 'signals.noneInState')}>
        {all ? t('signals.noneText') : null}
      </ScreenState>
    );
  }
  return (
    <VirtualList
      ids={list.ids}
      total={list.total}
      rowHeightPx={signalRowHeightPx}
      label={t('nav.signals')}
      loadMore={loadMore}
      renderRow={(id) => <SignalRow id={id} />}
    />
  );
};

/** What was told to the platforms, what still waits, and what they did not take. */
export const SignalsScreen = () => {
  const { t } = useTranslation();
  const load = useOutbox((state) => state.load);
  const shown = useOutbox((state) => state.shown.kind);
  const causes = useOutbox((state) => state.groups.length);
  const total = useOutbox((state) => state.list.total);
  const newCount = useOutbox((state) => state.list.newIds.length);
  const stale = useOutbox((state) => state.list.stale);
  const showNew = useOutbox((state) => state.showNew);
  return (
    <ListScreen
      label={t('nav.signals')}
      head={<GroupChips />}
      text={
        shown === 'causes'
          ? t('failed.shown', { count: causes })
          : t(shown === 'group' ? 'failed.shownOfCause' : 'signals.shown', { count: total })
      }
      newText={t('signals.new', { count: newCount })}
      // The causes are always those of now: nothing waits to be shown.
      newCount={shown === 'causes' ? 0 : newCount}
      stale={shown !== 'causes' && stale}
      load={load}
      onShow={showNew}
    >
      <Content />
    </ListScreen>
  );
};
