import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { JobProblem } from '../../domain/job-sighting.ts';
import { oneLine } from '../one-line.ts';
import type { WireOrder } from './schema.ts';

/** A payment address lives this long; then Print API cancels the order (Print API tutorial, checkout). */
const paymentLivesMs = 24 * 3_600_000;

/** Print API writes its words like this, and a proxy of it may not. */
const isWord = (said: string, word: string): boolean => said.toLowerCase() === word.toLowerCase();

const hostOf = (url: string): string => (URL.canParse(url) ? ` from ${new URL(url).host}` : '');

const fileProblem = (order: WireOrder): JobProblem | null => {
  const failed = order.items.flatMap((item, index) =>
    Object.entries(item.files).flatMap(([role, file]) =>
      file !== null && /failed$/i.test(file.status)
        ? [{ name: `${role} of item ${item.id || index + 1}`, url: file.downloadUrl }]
        : [],
    ),
  );
  const [first] = failed;
  if (first === undefined) return null;
  const others = failed.length === 1 ? '' : ` (and ${failed.length - 1} more)`;
  return {
    code: 'fileNotFetched',
    text: stationLine('printApiFile', { file: `${oneLine(`${first.name}${hostOf(first.url)}`, 200)}${others}` }),
  };
};

const paymentProblem = (payment: string, ageMs: number): JobProblem | null => {
  if (isWord(payment, 'Failed')) {
    return { code: 'paymentFailed', text: stationLine('paymentFailed') };
  }
  if (isWord(payment, 'Cancelled')) {
    return {
      code: 'paymentCancelled',
      text: stationLine('paymentCancelled'),
    };
  }
  if (!isWord(payment, 'Open') || ageMs <= paymentLivesMs) return null;
  return {
    code: 'paymentOverdue',
    text: stationLine('paymentOverdue'),
  };
};

export const cancelledProblem: JobProblem = {
  code: 'orderCancelled',
  text: stationLine('printApiCancelled'),
};

/**
 * What is wrong with an order and what to do about it; null when nothing is. `ageMs`: since it was placed. An order whose
 * file failed stays `Created` for good, so its status alone says nothing.
 */
export const problemOf = (order: WireOrder, ageMs: number): JobProblem | null => {
  if (isWord(order.status, 'Cancelled')) return cancelledProblem;
  if (isWord(order.status, 'Shipped')) return null;
  const unfetched = fileProblem(order);
  if (unfetched !== null || isWord(order.status, 'Processing')) return unfetched;
  return paymentProblem(order.checkout?.status ?? '', ageMs);
};
