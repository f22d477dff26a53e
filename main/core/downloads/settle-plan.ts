import type { Evidence } from '../../contract/history.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { Verification } from '../../contract/values.ts';
import { afterFailure, afterSuccess, type Channel, isKnownOf } from '../work/channel.ts';
import { consequences, type WorkFailure } from '../work/failure.ts';
import { mismatchDelaysMs, nextDelayMs, retryPlans } from '../work/retry-table.ts';
import type { AttemptOutcome } from './authorized-transfer.ts';
import { diskCheckEveryMs } from './claim-files.ts';
import type { DownloadRow } from './download-rows.ts';
import type { PartLeft, TransferOutcome, TransferredFile } from './transfer-protocol.ts';

/** A local failure is tried this often, then it is a problem. */
const mostLocalFailures = 10;
/** A file that is refused while others of its channel come is asked for this often, with these waits between. */
const mostRefusals = 3;
const refusedFileDelaysMs: readonly number[] = [30_000, 120_000];
/** After the first refusal another file of the channel is asked for this soon: is it the channel, or the one file? */
const secondOpinionAfterMs = 5_000;

/** What the table knows of this file and its channel beside the row. */
export interface TransferFacts {
  /** Earlier tries since a person last asked for a retry. */
  readonly localFailures: number;
  readonly refusals: number;
  /** Whether the channel delivered another file since this one was first refused. */
  readonly othersDelivered: boolean;
  /** Whether another file, not tried yet, waits on the channel. */
  readonly othersQueued: boolean;
}

export interface SettleTimes {
  readonly startedAtMs: number;
  readonly nowMs: number;
  /** In [0, 1). */
  readonly random: number;
}

export interface SettleInput {
  readonly row: DownloadRow;
  readonly outcome: AttemptOutcome;
  readonly channel: Channel;
  readonly facts: TransferFacts;
  readonly platformName: string;
  readonly times: SettleTimes;
}

/** What becomes of the file. */
export type FileEnd =
  | {
      readonly kind: 'ready';
      readonly bytes: number;
      readonly md5: string;
      readonly sha256: string;
      readonly verification: Verification | null;
    }
  /** Put back as if it had not been taken: the station stops. */
  | { readonly kind: 'queued'; readonly left: PartLeft }
  | {
      readonly kind: 'waiting' | 'problem';
      readonly code: string;
      readonly problem: string;
      readonly nextAtMs: number | null;
      readonly left: PartLeft;
      readonly evidence: Evidence;
    };

/** What the attempt's record says; null when nobody was asked. */
export interface AttemptRecord {
  readonly outcome: string;
  readonly httpStatus: number | null;
  readonly excerpt: string | null;
}

export interface SettlePlan {
  readonly end: FileEnd;
  readonly channel: Channel;
  readonly attempt: AttemptRecord | null;
}

const nothingLeft: PartLeft = { receivedBytes: 0, validator: null };

/** Never claims more than was checked. */
export const verificationOf = (
  row: Pick<DownloadRow, 'expectedBytes' | 'expectedMd5'>,
  file: Pick<TransferredFile, 'lengthAnnounced' | 'structureChecked'>,
): Verification | null => {
  const sizeChecked = row.expectedBytes !== null || file.lengthAnnounced;
  if (row.expectedMd5 !== null && sizeChecked) return 'size+md5';
  if (row.expectedBytes !== null) return 'size';
  // Nothing is taken for whole whose answer does not say how long it is.
  return file.structureChecked ? 'length+structure' : null;
};

const afterFetches = (fetches: number): string =>
  fetches === 1 ? stationLine('afterOneFetch') : stationLine('afterFetches', { fetches });

/** What differs, with both values in full. */
export const mismatchText = (
  row: Pick<DownloadRow, 'expectedBytes' | 'expectedMd5'>,
  found: { readonly foundBytes: number; readonly foundMd5: string | null },
  fetches: number,
): string => {
  const after = afterFetches(fetches);
  if (row.expectedBytes === null && found.foundMd5 === null) {
    return stationLine('fileTooLong', { after, foundBytes: found.foundBytes });
  }
  const { foundBytes, foundMd5 } = found;
  return foundMd5 === null || (row.expectedBytes !== null && row.expectedBytes !== foundBytes)
    ? stationLine('fileSizeDiffers', { after, expectedBytes: row.expectedBytes ?? 0, foundBytes })
    : stationLine('fileMd5Differs', { after, expected: row.expectedMd5 ?? 'none', found: foundMd5 });
};

/** The file came, but is not the one that was announced, or not whole. */
const planMismatch = (
  { row, channel, times }: SettleInput,
  found: TransferOutcome & { readonly kind: 'mismatch' | 'broken' },
): SettlePlan => {
  const fetches = row.mismatches + 1;
  const delayMs = mismatchDelaysMs[fetches - 1];
  const problem =
    found.kind === 'broken'
      ? stationLine('causeWithNote', { cause: found.problem, note: afterFetches(fetches) })
      : mismatchText(row, found, fetches);
  return {
    end: {
      kind: delayMs === undefined ? 'problem' : 'waiting',
      code: 'mismatch',
      problem,
      nextAtMs: delayMs === undefined ? null : times.nowMs + delayMs,
      left: nothingLeft,
      evidence: 'stationDid',
    },
    // The other side answered; what it sent is this file's trouble alone.
    channel: afterSuccess(channel, times.nowMs),
    attempt: { outcome: 'mismatch', httpStatus: null, excerpt: problem },
  };
};

/**
 * Whether the host says that it has a job's file no more. Where no credentials are needed, 403 says it too: that is how
 * a file store answers that does not tell strangers what it has.
 */
const isExpired = ({ row, outcome }: SettleInput, { httpStatus }: WorkFailure): boolean => {
  if (outcome.kind !== 'failed') return false;
  if (httpStatus === 404 || httpStatus === 410) return row.jobId !== null || row.needsToken === 1;
  return httpStatus === 403 && row.jobId !== null && row.needsToken === 0;
};

const expiredText = (row: DownloadRow): string =>
  stationLine('fileExpired', { host: URL.parse(row.sourceUrl)?.host ?? row.sourceHost });

/** Where a person has to look when the host refuses us. */
const refusalText = ({ row, platformName }: SettleInput, { message }: WorkFailure): string =>
  stationLine(row.needsToken === 1 ? 'fileCredentialsRefused' : 'fileAddressRefused', {
    platform: platformName,
    cause: message,
  });

/** What a failure means for the file, and for all that share its way to the host. */
const planFailure = (input: SettleInput, failure: WorkFailure, left: PartLeft): SettlePlan => {
  const { facts, times } = input;
  const evidence: Evidence = failure.httpStatus === null ? 'stationDid' : 'platformSaid';
  const attempt = {
    outcome: failure.class,
    httpStatus: failure.httpStatus,
    excerpt: failure.excerpt ?? failure.message,
  };
  const waiting = (code: string, problem: string, nextAtMs: number, channel: Channel): SettlePlan => ({
    end: { kind: 'waiting', code, problem, nextAtMs, left, evidence },
    channel,
    attempt,
  });
  const problem = (code: string, text: string, channel: Channel): SettlePlan => ({
    end: { kind: 'problem', code, problem: text, nextAtMs: null, left, evidence },
    channel,
    attempt,
  });

  const reached = input.outcome.kind === 'unauthorized' ? input.channel : afterSuccess(input.channel, times.nowMs);

  if (isExpired(input, failure)) {
    const expired = problem('expired', expiredText(input.row), reached);
    return { ...expired, attempt: { ...attempt, outcome: 'expired' } };
  }
  switch (consequences[failure.class]) {
    case 'problemRow':
      return problem(failure.class, failure.message, reached);
    case 'stationWaits':
      return waiting(failure.class, failure.message, times.nowMs + diskCheckEveryMs, input.channel);
    case 'retryRow': {
      const failures = facts.localFailures + 1;
      if (failures >= mostLocalFailures) return problem(failure.class, failure.message, input.channel);
      const delayMs = nextDelayMs(retryPlans.local, failures, times.random, null);
      return waiting(failure.class, failure.message, times.nowMs + delayMs, input.channel);
    }
    case 'channelAlarm': {
      const text = refusalText(input, failure);
      if (failure.class === 'refused' && facts.othersDelivered) {
        // The address is let in, since other files come: it is this one file that is refused.
        const delayMs = refusedFileDelaysMs[facts.refusals];
        const alone = stationLine('fileRefusedAlone', { cause: failure.message });
        return facts.refusals + 1 >= mostRefusals || delayMs === undefined
          ? problem('refused', alone, input.channel)
          : waiting('refusedFile', alone, times.nowMs + delayMs, input.channel);
      }
      const channel = channelAfter(input, failure.class === 'refused' ? { ...failure, message: text } : failure);
      return waiting(failure.class, channel.problem ?? text, channel.nextTryAtMs ?? times.nowMs, channel);
    }
    case 'channelWaits': {
      const channel = channelAfter(input, failure);
      return waiting(failure.class, failure.message, channel.nextTryAtMs ?? times.nowMs, channel);
    }
  }
};

const channelAfter = ({ outcome, channel, facts, times }: SettleInput, cause: WorkFailure): Channel => {
  // A status from elsewhere does not mean that this host was reached.
  const failure = outcome.kind === 'unauthorized' ? { ...cause, httpStatus: null } : cause;
  if (isKnownOf(channel, failure, times.startedAtMs)) return channel;
  const after = afterFailure(channel, failure, retryPlans.downloadsChannel, times.nowMs, times.random);
  const newAlarm = after.state === 'alarm' && channel.state !== 'alarm';
  return newAlarm && facts.othersQueued ? { ...after, nextTryAtMs: times.nowMs + secondOpinionAfterMs } : after;
};

/** Decides what follows from how a transfer ended. */
export const planSettle = (input: SettleInput): SettlePlan => {
  const { row, outcome, channel, times } = input;
  switch (outcome.kind) {
    case 'done': {
      const { bytes, md5, sha256 } = outcome;
      const fetched = outcome.found === 'fetched';
      return {
        end: { kind: 'ready', bytes, md5, sha256, verification: verificationOf(row, outcome) },
        channel: fetched ? afterSuccess(channel, times.nowMs) : channel,
        attempt: fetched ? { outcome: 'done', httpStatus: null, excerpt: null } : null,
      };
    }
    case 'mismatch':
    case 'broken':
      return planMismatch(input, outcome);
    case 'addressRefused':
      return {
        end: {
          kind: 'problem',
          code: 'addressRefused',
          problem: outcome.message,
          nextAtMs: null,
          left: nothingLeft,
          evidence: 'stationDid',
        },
        channel,
        attempt: { outcome: 'addressRefused', httpStatus: null, excerpt: outcome.message },
      };
    case 'failed':
      return planFailure(input, outcome.failure, outcome.left);
    case 'unauthorized': {
      // Refused before any file was named: that is never this one file's fault.
      const facts = { ...input.facts, othersDelivered: false };
      return planFailure({ ...input, facts }, outcome.failure, outcome.left);
    }
    case 'cancelled':
      return { end: { kind: 'queued', left: outcome.left }, channel, attempt: null };
  }
};
