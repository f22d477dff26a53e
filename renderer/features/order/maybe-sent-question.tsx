import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../../main/contract/hot-folders.ts';
import { useHotFolders } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './maybe-sent-question.module.css';

/** Asks what only a person at the machine can see: did the file arrive before the station stopped? */
export const MaybeSentQuestion = ({ handover }: { readonly handover: HandoverView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const settle = useHotFolders((state) => state.settle);
  const { busy, run } = useAction();
  return (
    <div className={styles.question}>
      <p className={styles.text}>
        <MarkShape mark="attention" size={28} />
        <span>
          <strong>{t('maybeSent.question', { file: handover.fileName, folder: handover.hotFolderName })}</strong>{' '}
          {t('maybeSent.why', { time: words.moment(handover.intendedAt, now) })}
        </span>
      </p>
      <div className={styles.answers}>
        <ActionButton size="main" busy={busy} onClick={() => void run(() => settle(handover.id, 'sent'))}>
          {t('maybeSent.arrived')}
        </ActionButton>
        <ActionButton size="main" busy={busy} onClick={() => void run(() => settle(handover.id, 'notSent'))}>
          {t('maybeSent.notArrived')}
        </ActionButton>
      </div>
    </div>
  );
};
