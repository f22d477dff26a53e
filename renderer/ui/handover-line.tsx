import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../main/contract/hot-folders.ts';
import { useHotFolders } from '../app-context.ts';
import { orderHref } from '../client/route.ts';
import { ActionButton } from './action-button.tsx';
import { FileRole } from './file-role.tsx';
import styles from './handover-line.module.css';
import { Line } from './line.tsx';
import { handoverMark, type Mark } from './marks.ts';
import { StatusMark } from './status-mark.tsx';
import { useAction } from './use-action.ts';
import { useNow } from './use-now.ts';
import { useWords } from './use-words.ts';

interface HandoverLineProps {
  readonly handover: HandoverView;
  /** False in the folder's own lane: there the order is named. */
  readonly showFolder: boolean;
  /** Further buttons. */
  readonly children?: ReactNode;
}

/** What the RIP said of a file counts more than that it took it; one that was set aside is over. */
const saidByRip = ({ outcome, state }: HandoverView): HandoverView['outcome'] => (state === 'undone' ? null : outcome);

const lineMark = (handover: HandoverView): Mark => {
  if (handover.overdue || saidByRip(handover) === 'failed') return 'attention';
  return handoverMark(handover.state);
};

const AgainButton = ({ handover }: { readonly handover: HandoverView }) => {
  const { t } = useTranslation();
  const handOver = useHotFolders((state) => state.handOver);
  const { busy, run } = useAction();
  const { itemId, fileId, hotFolder, hotFolderName } = handover;
  if (itemId === null) return null;
  const choice = { files: [fileId], again: false, anyway: false };
  return (
    <ActionButton
      busy={busy}
      onClick={() =>
        void run(
          () => handOver(itemId, hotFolder, choice),
          ({ handovers }) => t('handover.done', { count: handovers.length, folder: hotFolderName }),
        )
      }
    >
      {t('handover.againSubmit')}
    </ActionButton>
  );
};

/** One file's way into one hot folder: its state, what proves it, and what can be done about it. */
export const HandoverLine = ({ handover, showFolder, children }: HandoverLineProps) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const undo = useHotFolders((state) => state.undo);
  const { busy, run } = useAction();
  const at = handover.pickedUpAt ?? handover.sentAt ?? handover.intendedAt;
  const lying = handover.state === 'sent' && handover.sentAt !== null;
  const outcome = saidByRip(handover);
  const refused = outcome === 'failed';
  const stateWords = (): string => {
    if (outcome !== null) {
      return t(`handoverOutcome.${outcome}`, { time: words.moment(handover.outcomeAt ?? at, now) });
    }
    if (handover.overdue && lying) {
      return t('handover.overdue', { time: words.duration(now - Date.parse(handover.sentAt ?? at)) });
    }
    return t(`handoverState.${handover.state}`, { time: words.moment(at, now) });
  };
  return (
    <li className={styles.line}>
      <StatusMark mark={lineMark(handover)} size={20} strong={handover.overdue || refused}>
        {stateWords()}
      </StatusMark>
      <span className={styles.file}>
        {showFolder ? `${handover.hotFolderName}: ` : ''}
        <FileRole role={handover.role} /> <span className={styles.name}>{handover.fileName}</span>
        {!showFolder && (
          <>
            {' '}
            <a className={styles.order} href={orderHref(handover.orderId)}>
              {handover.order}
              {handover.itemNumber !== null && t('handover.item', { number: handover.itemNumber })}
            </a>
            {lying && !handover.overdue && (
              <span className={styles.name}>
                {t('handover.lies', { time: words.duration(now - Date.parse(handover.sentAt ?? at)) })}
              </span>
            )}
          </>
        )}
      </span>
      {handover.problem !== null && !handover.overdue && outcome === null && (
        <span className={styles.problem}>
          <Line text={handover.problem} />
        </span>
      )}
      {outcome !== null && handover.outcomeIn !== null && (
        <span className={styles.problem}>{t('handover.isIn', { path: handover.outcomeIn })}</span>
      )}
      {refused && <AgainButton handover={handover} />}
      {handover.undoable && (
        <ActionButton
          busy={busy}
          onClick={() =>
            void run(
              () => undo(handover.id),
              t(refused ? 'handover.isSetAside' : 'handover.takenBack', { name: handover.fileName }),
            )
          }
        >
          {t(refused ? 'handover.setAside' : 'handover.undo')}
        </ActionButton>
      )}
      {children}
    </li>
  );
};
