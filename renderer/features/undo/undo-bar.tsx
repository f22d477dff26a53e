import { type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../app-context.ts';
import type { UndoableAction } from '../../stores/actions-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './undo-bar.module.css';
import { useActionWords } from './use-action-words.ts';
import { useUndoKey } from './use-undo-key.ts';

/** Another action took the place of the one that the person was about to undo: so soon nobody has read it. */
const readInMs = 600;

const TimeLeft = ({ endsAt }: { readonly endsAt: number }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  return (
    <span className={styles.left}>{t('countdown.left', { time: words.duration(Math.max(0, endsAt - now)) })}</span>
  );
};

const What = ({ action }: { readonly action: UndoableAction }) => {
  const { what, more } = useActionWords()(action);
  return (
    <span className={styles.words}>
      <span className={styles.what}>{what}</span>
      <span className={styles.more}>{more}</span>
    </span>
  );
};

const OlderAction = ({ action }: { readonly action: UndoableAction }) => {
  const { t } = useTranslation();
  const { what } = useActionWords()(action);
  const undo = useActions((state) => state.undo);
  const { busy, run } = useAction();
  return (
    <li className={styles.line}>
      <What action={action} />
      <TimeLeft endsAt={action.endsAt} />
      <ActionButton
        busy={busy}
        aria-label={t('undo.buttonOf', { what })}
        onClick={() => void run(() => undo(action.id), t('undo.done'))}
      >
        {t('undo.button')}
      </ActionButton>
    </li>
  );
};

interface BarProps {
  readonly newest: UndoableAction;
  readonly older: readonly UndoableAction[];
}

const Bar = ({ newest, older }: BarProps) => {
  const { t } = useTranslation();
  const { what } = useActionWords()(newest);
  const undo = useActions((state) => state.undo);
  const { busy, run } = useAction();
  const [showsOlder, setShowsOlder] = useState(false);
  const listId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const goBack = useUndoKey(button);
  const shown = useRef({ id: newest.id, since: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    if (shown.current.id !== newest.id) shown.current = { id: newest.id, since: performance.now() };
  }, [newest.id]);

  const undoNewest = async (event: MouseEvent): Promise<void> => {
    if (event.timeStamp - shown.current.since < readInMs) return;
    await run(() => undo(newest.id), t('undo.done'));
    goBack();
  };
  return (
    <section className={styles.bar} aria-label={t('undo.label')}>
      {showsOlder && older.length > 0 && (
        <ul id={listId} className={styles.older} aria-label={t('undo.older')}>
          {older.map((action) => (
            <OlderAction key={action.id} action={action} />
          ))}
        </ul>
      )}
      <div className={styles.line}>
        <MarkShape mark="waiting" size={28} />
        <What action={newest} />
        <TimeLeft endsAt={newest.endsAt} />
        {older.length > 0 && (
          <ActionButton
            size="main"
            aria-expanded={showsOlder}
            aria-controls={showsOlder ? listId : undefined}
            onClick={() => setShowsOlder(!showsOlder)}
          >
            {t('undo.others', { count: older.length })}
          </ActionButton>
        )}
        <ActionButton
          ref={button}
          size="main"
          weight="strong"
          busy={busy}
          aria-label={t('undo.buttonOf', { what })}
          aria-keyshortcuts="Alt+Z"
          onClick={(event) => void undoNewest(event)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') goBack();
          }}
        >
          {t('undo.button')}
        </ActionButton>
      </div>
    </section>
  );
};

/** What anybody did that can still be undone, on every screen, with the seconds that are left. */
export const UndoBar = () => {
  const { t } = useTranslation();
  const wordsOf = useActionWords();
  const [newest, ...older] = useActions((state) => state.actions);
  const said = newest === undefined ? null : wordsOf(newest);
  return (
    <>
      <span className={styles.unseen} aria-live="polite">
        {said === null ? '' : t('undo.said', { ...said })}
      </span>
      {newest !== undefined && <Bar newest={newest} older={older} />}
    </>
  );
};
