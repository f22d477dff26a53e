import { describe, expect, it } from 'vitest';
import {
  type AuthorizedTransfer,
  type FileAuthorization,
  runAuthorizedTransfer,
} from '../../../../main/core/downloads/authorized-transfer.ts';
import type { TransferOutcome } from '../../../../main/core/downloads/transfer-protocol.ts';
import { failure } from '../../../../main/core/work/failure.ts';

const left = { receivedBytes: 7, validator: '"1"' };
const cancelled: TransferOutcome = { kind: 'cancelled', left };
const answered = (httpStatus: number): TransferOutcome => ({
  kind: 'failed',
  failure: failure('refused', `answered ${httpStatus}`, { httpStatus }),
  left,
});

/** Runs one attempt in which each authorization holds the next of these tokens; answers what happened in which order. */
const attempt = async (
  tokens: readonly string[],
  more: Partial<AuthorizedTransfer> & { answers?: TransferOutcome[] },
) => {
  const log: string[] = [];
  const answers = more.answers ?? [cancelled];
  let given = 0;
  const outcome = await runAuthorizedTransfer({
    url: 'https://api.example/file',
    left,
    abort: new AbortController().signal,
    authorize: async (): Promise<FileAuthorization> => {
      const token = tokens[given] ?? '';
      given += 1;
      log.push(`authorize ${token}`);
      return {
        kind: 'headers',
        headers: { authorization: token },
        release: (httpStatus) => void log.push(`release ${token} ${httpStatus}`),
      };
    },
    transfer: async ({ authorization }, onAnswer) => {
      log.push(`ask ${authorization}`);
      onAnswer();
      onAnswer();
      return answers.shift() ?? cancelled;
    },
    ...more,
  });
  return { outcome, log };
};

describe('an attempt with credentials', () => {
  it('gives its place in the budget back once, as soon as the answer is there', async () => {
    const { log } = await attempt(['a'], {});
    expect(log).toEqual(['authorize a', 'ask a', 'release a null']);
  });

  it('gives it back with the status when no byte of a file came', async () => {
    const log: string[] = [];
    await attempt([], {
      authorize: async () => ({
        kind: 'headers',
        headers: {},
        release: (status) => void log.push(`release ${status}`),
      }),
      transfer: async () => answered(429),
    });
    expect(log).toEqual(['release 429']);
  });

  it('gives it back when the transfer itself breaks', async () => {
    const log: string[] = [];
    const broken = attempt([], {
      authorize: async () => ({
        kind: 'headers',
        headers: {},
        release: (status) => void log.push(`release ${status}`),
      }),
      transfer: () => Promise.reject(new Error('a bug')),
    });
    await expect(broken).rejects.toThrow('a bug');
    expect(log).toEqual(['release null']);
  });

  it('asks once more with another token when the first is not taken', async () => {
    const { outcome, log } = await attempt(['old', 'new'], { answers: [answered(401), cancelled] });
    expect(outcome).toEqual(cancelled);
    expect(log.filter((line) => !line.startsWith('release'))).toEqual([
      'authorize old',
      'ask old',
      'authorize new',
      'ask new',
    ]);
    expect(log.filter((line) => line.startsWith('release'))).toHaveLength(2);
  });

  it('does not ask again with the same token, nor after a 403', async () => {
    const same = await attempt(['old', 'old'], { answers: [answered(401)] });
    expect(same.outcome).toEqual(answered(401));
    expect(same.log.filter((line) => line.startsWith('ask'))).toHaveLength(1);
    expect(same.log.at(-1)).toBe('release old null');
    const forbidden = await attempt(['old', 'new'], { answers: [answered(403)] });
    expect(forbidden.log.filter((line) => line.startsWith('authorize'))).toHaveLength(1);
  });

  it('is over before it began when there are none, and leaves the part file as it is', async () => {
    const why = failure('network', 'identity.example: no such host');
    const { outcome, log } = await attempt([], { authorize: async () => ({ kind: 'failed', failure: why }) });
    expect(outcome).toEqual({ kind: 'unauthorized', failure: why, left });
    expect(log).toEqual([]);
  });

  it('is cancelled when the station stops while it waits for its turn', async () => {
    const stop = new AbortController();
    const waiting = (_url: string, abort: AbortSignal): Promise<FileAuthorization> =>
      new Promise((_resolve, reject) => abort.addEventListener('abort', () => reject(new Error('stopped'))));
    const running = attempt([], { abort: stop.signal, authorize: waiting });
    stop.abort();
    expect((await running).outcome).toEqual(cancelled);
  });
});
