import type { TransferProgress } from '../../contract/files.ts';
import { printable, table } from '../table.ts';
import { durationWord, sizeWord } from '../words.ts';

const barWidth = 20;

/** The running transfers with bar, speed and time left, one line each. */
export const transferLines = (
  transfers: readonly TransferProgress[],
  nameOf: (fileId: number) => string,
  width: number,
): readonly string[] => {
  const [, ...rows] = table<TransferProgress>(
    [
      { title: '', of: ({ fileId }) => printable(nameOf(fileId)), flexible: true },
      { title: '', of: barOf },
      { title: '', of: ({ receivedBytes }) => sizeWord(receivedBytes), align: 'right' },
      { title: '', of: ({ bytesPerSecond }) => `${sizeWord(bytesPerSecond)}/s`, align: 'right' },
      { title: '', of: ({ secondsLeft }) => (secondsLeft === null ? '' : `${durationWord(secondsLeft)} left`) },
      { title: '', of: ({ condition, attempt }) => (attempt > 1 ? `${condition}, try ${attempt}` : condition) },
    ],
    transfers,
    width,
  );
  return rows;
};

const barOf = ({ receivedBytes, expectedBytes }: TransferProgress): string => {
  if (expectedBytes === null || expectedBytes === 0) return '';
  const share = Math.min(1, receivedBytes / expectedBytes);
  const full = Math.floor(share * barWidth);
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
};
