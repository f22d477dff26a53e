import { useTranslation } from 'react-i18next';
import type { FileView, TransferProgress } from '../../main/contract/files.ts';
import { useFiles } from '../app-context.ts';
import styles from './file-status.module.css';
import { Line } from './line.tsx';
import { transferMark } from './marks.ts';
import { ProgressBar } from './progress-bar.tsx';
import { StatusMark } from './status-mark.tsx';
import { useNow } from './use-now.ts';
import { useWords } from './use-words.ts';

const shareOf = (transfer: TransferProgress): number | null =>
  transfer.expectedBytes === null || transfer.expectedBytes === 0
    ? null
    : transfer.receivedBytes / transfer.expectedBytes;

/** A running transfer: how much of how much, how fast, how long still, which attempt. */
const Transfer = ({ transfer }: { readonly transfer: TransferProgress }) => {
  const { t } = useTranslation();
  const words = useWords();
  const parts = [
    transfer.expectedBytes === null
      ? words.bytes(transfer.receivedBytes)
      : t('file.bytesOf', {
          received: words.bytes(transfer.receivedBytes),
          whole: words.bytes(transfer.expectedBytes),
        }),
    words.speed(transfer.bytesPerSecond),
    ...(transfer.secondsLeft === null
      ? []
      : [t('file.timeLeft', { time: words.duration(transfer.secondsLeft * 1000) })]),
    ...(transfer.attempt > 1 ? [t('file.attempt', { count: transfer.attempt })] : []),
  ];
  return (
    <>
      <ProgressBar share={shareOf(transfer)} label={t('file.fetched')} />
      <span className={styles.detail}>{parts.join(' · ')}</span>
    </>
  );
};

const Waiting = ({ file }: { readonly file: FileView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  if (file.state !== 'waiting' || file.nextAttemptAt === null) return null;
  const leftMs = Date.parse(file.nextAttemptAt) - now;
  return (
    <span className={styles.detail}>
      {leftMs > 0 ? t('file.nextTry', { time: words.duration(leftMs) }) : t('file.tryingNow')}
      {file.attempts > 0 && ` · ${t('file.attemptsSoFar', { count: file.attempts })}`}
    </span>
  );
};

/** A file's state in shape and word, with what proves it or what it waits for. */
export const FileStatus = ({ file }: { readonly file: FileView }) => {
  const { t } = useTranslation();
  const words = useWords();
  const now = useNow();
  const transfer = useFiles((state) => state.transfers[file.id]);
  const running = file.state === 'fetching' ? transfer : undefined;
  if (file.deletedAt !== null) {
    return <span className={styles.detail}>{t('file.deleted', { moment: words.moment(file.deletedAt, now) })}</span>;
  }
  const word =
    running === undefined || running.condition === 'moving'
      ? t(`fileState.${file.state}`)
      : t(`condition.${running.condition}`);
  return (
    <span className={styles.status}>
      <StatusMark mark={transferMark(file, transfer)} size={20} strong={file.state === 'problem'}>
        {word}
        {file.state === 'ready' && file.verification !== null && `: ${t(`verification.${file.verification}`)}`}
        {file.state === 'ready' && file.readyAt !== null && ` · ${words.moment(file.readyAt, now)}`}
      </StatusMark>
      {running !== undefined && <Transfer transfer={running} />}
      <Waiting file={file} />
      {file.problem !== null && file.state !== 'ready' && (
        <span className={styles.problem} data-problem>
          <Line text={file.problem} />
        </span>
      )}
    </span>
  );
};
