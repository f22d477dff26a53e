import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { useOutbox } from '../../app-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNow } from '../../ui/use-now.ts';
import { useSignalName } from '../../ui/use-signal-name.ts';
import { useWords } from '../../ui/use-words.ts';
import { DismissDialog } from './dismiss-dialog.tsx';

type Question = 'dismiss' | 'sendAgain' | null;

/** What a person can do about a signal that has not been accepted. What may not be sent twice is looked up first. */
export const SignalActions = ({ signal }: { readonly signal: OutboxView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const nameOf = useSignalName();
  const undo = useOutbox((state) => state.undo);
  const retry = useOutbox((state) => state.retry);
  const lookUp = useOutbox((state) => state.lookUp);
  const { busy, run } = useAction();
  const [question, setQuestion] = useState<Question>(null);
  const undoMs = signal.undoUntil === null ? 0 : Date.parse(signal.undoUntil) - now;
  const maybe = signal.state === 'maybe';
  const stuck = maybe || signal.state === 'problem';
  const mayCostTwice = maybe && !signal.repeatable;
  const sendAgain = (): void => void run(() => retry(signal.id), t('signals.retried'));
  return (
    <>
      {signal.state === 'queued' && undoMs > 0 && (
        <ActionButton busy={busy} onClick={() => void run(() => undo([signal.id]), t('undo.done'))}>
          {t('undo.buttonIn', { time: words.duration(undoMs) })}
        </ActionButton>
      )}
      {mayCostTwice && (
        <ActionButton
          busy={busy}
          onClick={() =>
            void run(
              () => lookUp(signal.id),
              ({ signal: after }) =>
                t(`lookedUp.${after.state === 'sent' || after.state === 'maybe' ? after.state : 'other'}`),
            )
          }
        >
          {t('signals.lookUp')}
        </ActionButton>
      )}
      {stuck && (
        <ActionButton onClick={() => setQuestion('dismiss')}>
          {t(mayCostTwice ? 'signals.wasDone' : maybe ? 'signals.arrived' : 'signals.dismiss')}
        </ActionButton>
      )}
      {(stuck || signal.state === 'waiting') && (
        <ActionButton busy={busy} onClick={mayCostTwice ? () => setQuestion('sendAgain') : sendAgain}>
          {t(mayCostTwice ? 'signals.sendAgainAsk' : maybe ? 'signals.sendAgain' : 'signals.retry')}
        </ActionButton>
      )}
      <DismissDialog opened={question === 'dismiss'} onClose={() => setQuestion(null)} signal={signal} />
      {question === 'sendAgain' && (
        <ConfirmDialog
          title={t('signals.sendAgainTitle', { name: nameOf(signal) })}
          submitText={t('signals.sendAgain')}
          onClose={() => setQuestion(null)}
          onConfirm={sendAgain}
        >
          <p>{t('signals.sendAgainText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
