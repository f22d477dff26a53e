import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttemptView, OutboxView } from '../../../main/contract/outbox.ts';
import { useOutbox } from '../../app-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Line } from '../../ui/line.tsx';
import { useSignalName } from '../../ui/use-signal-name.ts';
import { useWords } from '../../ui/use-words.ts';
import styles from './attempts-dialog.module.css';
import { payloadLine } from './signal-payload.ts';

interface AttemptsDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly signal: OutboxView;
}

type Answer =
  | { readonly kind: 'asking' }
  | { readonly kind: 'there'; readonly attempts: readonly AttemptView[] }
  | { readonly kind: 'failed'; readonly message: string };

const AttemptLine = ({ attempt }: { readonly attempt: AttemptView }) => {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <li className={styles.attempt}>
      <time dateTime={attempt.at} className={styles.time}>
        {words.clock(attempt.at)}
      </time>
      <span className={styles.outcome}>
        {attempt.outcome}
        {attempt.httpStatus !== null && ` · HTTP ${attempt.httpStatus}`}
        {` · ${t('signals.took', { milliseconds: words.count(attempt.durationMs) })}`}
      </span>
      {attempt.excerpt !== null && (
        <pre className={styles.excerpt}>
          <Line text={attempt.excerpt} />
        </pre>
      )}
    </li>
  );
};

const Attempts = ({ signal }: { readonly signal: OutboxView }) => {
  const { t } = useTranslation();
  const ask = useOutbox((state) => state.attempts);
  const [answer, setAnswer] = useState<Answer>({ kind: 'asking' });
  // Read anew after each attempt that is made while the dialog is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempts` and `state` say that there is something new
  useEffect(() => {
    let left = false;
    void ask(signal.id).then((outcome) => {
      if (left) return;
      setAnswer(
        outcome.kind === 'done'
          ? { kind: 'there', attempts: outcome.value.attempts }
          : { kind: 'failed', message: outcome.error.message },
      );
    });
    return () => {
      left = true;
    };
  }, [ask, signal.id, signal.attempts, signal.state]);
  if (answer.kind === 'asking') return <p>{t('screen.loading')}</p>;
  if (answer.kind === 'failed')
    return (
      <p>
        <Line text={answer.message} />
      </p>
    );
  if (answer.attempts.length === 0) return <p>{t('signals.noAttempts')}</p>;
  return (
    <ol className={styles.list}>
      {answer.attempts.map((attempt) => (
        <AttemptLine key={attempt.at} attempt={attempt} />
      ))}
    </ol>
  );
};

/** Every try of a signal, with the platform's own words. */
export const AttemptsDialog = ({ opened, onClose, signal }: AttemptsDialogProps) => {
  const { t } = useTranslation();
  const nameOf = useSignalName();
  const payload = payloadLine(signal);
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('signals.attemptsTitle', { name: nameOf(signal), item: signal.itemExternalId })}
    >
      {payload !== '' && <p className={styles.payload}>{payload}</p>}
      {opened && <Attempts signal={signal} />}
    </Dialog>
  );
};
