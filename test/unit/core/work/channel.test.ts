import { describe, expect, it } from 'vitest';
import {
  admits,
  afterFailure,
  afterSuccess,
  type Channel,
  isKnownOf,
  newChannel,
} from '../../../../main/core/work/channel.ts';
import {
  classOfStatus,
  consequences,
  type FailureClass,
  failure,
  failureClasses,
  retryAfterMs,
} from '../../../../main/core/work/failure.ts';
import { retryPlans } from '../../../../main/core/work/retry-table.ts';

const plan = retryPlans.signalsChannel;
const minuteMs = 60_000;
const evenly = 0.5;

const open: Channel = newChannel(1_000);
const failed = (channel: Channel, kind: FailureClass, nowMs: number, more = {}): Channel =>
  afterFailure(channel, failure(kind, `${kind}!`, more), plan, nowMs, evenly);

describe('a channel', () => {
  it('is open at first and lets everything go', () => {
    expect(admits(open, 1_000, 0)).toBe('all');
    expect(admits(open, 1_000, 500)).toBe('all');
  });

  it.each(['network', 'timeout', 'rateLimited', 'serverError'] as const)('waits after %s', (kind) => {
    const channel = failed(open, kind, 2_000);
    expect(channel).toMatchObject({
      state: 'waiting',
      sinceMs: 2_000,
      failures: 1,
      nextTryAtMs: 17_000,
      problem: `${kind}!`,
    });
    expect(admits(channel, 16_999, 0)).toBe('none');
    expect(admits(channel, 17_000, 0)).toBe('probe');
    expect(admits(channel, 17_000, 1)).toBe('none');
  });

  it.each(['refused', 'paymentRequired'] as const)('raises an alarm after %s and probes rarely', (kind) => {
    const channel = failed(open, kind, 2_000, { httpStatus: 401 });
    expect(channel).toMatchObject({ state: 'alarm', failures: 1, lastReachedAtMs: 2_000 });
    expect(channel.nextTryAtMs).toBe(2_000 + 15 * minuteMs);
    expect(admits(channel, 2_000 + 15 * minuteMs, 0)).toBe('probe');
  });

  it.each(['rejected', 'gone', 'mismatch', 'local', 'diskFull'] as const)(
    "stays open after %s, which is the row's own",
    (kind) => {
      expect(failed(open, kind, 2_000).state).toBe('open');
    },
  );

  it('has a consequence for every class of failure', () => {
    expect(Object.keys(consequences).toSorted()).toEqual([...failureClasses].toSorted());
  });

  it('waits longer after each failed probe, up to the cap', () => {
    const delays: number[] = [];
    let channel = open;
    for (let probe = 0; probe < 11; probe += 1) {
      const nowMs = channel.nextTryAtMs ?? 0;
      channel = failed(channel, 'network', nowMs);
      delays.push(((channel.nextTryAtMs ?? 0) - nowMs) / 1000);
    }
    expect(delays).toEqual([15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
  });

  it('waits as long as Retry-After says, whatever the table says', () => {
    expect(failed(open, 'rateLimited', 0, { retryAfterMs: 1_000 }).nextTryAtMs).toBe(1_000);
    expect(failed(open, 'serverError', 0, { retryAfterMs: 7_200_000 }).nextTryAtMs).toBe(7_200_000);
  });

  it('is open again after one success', () => {
    const channel = afterSuccess(failed(failed(open, 'network', 2_000), 'network', 20_000), 60_000);
    expect(channel).toEqual({
      state: 'open',
      sinceMs: 60_000,
      nextTryAtMs: null,
      failures: 0,
      lastReachedAtMs: 60_000,
      problem: null,
    });
  });

  it('is open again when the platform answers a probe, even if it refuses the row', () => {
    expect(failed(failed(open, 'network', 0), 'rejected', 20_000, { httpStatus: 400 }).state).toBe('open');
  });

  it('stays closed when a row fails before anything was sent: that proves nothing', () => {
    expect(failed(failed(open, 'network', 0), 'rejected', 20_000).state).toBe('waiting');
    expect(failed(failed(open, 'refused', 0), 'local', 20_000).state).toBe('alarm');
  });

  it('keeps its one alarm while the network is away', () => {
    const alarm = failed(open, 'refused', 0, { httpStatus: 401 });
    const away = failed(alarm, 'network', 900_000);
    expect(away).toMatchObject({ state: 'alarm', sinceMs: alarm.sinceMs, problem: alarm.problem, failures: 2 });
    expect(away.nextTryAtMs).toBe(900_000 + 30 * minuteMs);
  });

  it('becomes an alarm when a probe is refused', () => {
    expect(failed(failed(open, 'network', 0), 'refused', 15_000)).toMatchObject({ state: 'alarm', failures: 1 });
  });

  it('that a person paused stays so, whatever happens', () => {
    const paused: Channel = { ...open, state: 'paused' };
    expect(failed(paused, 'network', 5).state).toBe('paused');
    expect(failed(paused, 'refused', 5).state).toBe('paused');
    expect(afterSuccess(paused, 7)).toMatchObject({ state: 'paused', lastReachedAtMs: 7 });
    expect(admits(paused, 1e15, 0)).toBe('none');
  });

  it('counts what failed with it as one failure', () => {
    const channel = failed(open, 'network', 5_000);
    const network = failure('network', 'gone');
    expect(isKnownOf(channel, network, 4_000)).toBe(true);
    expect(isKnownOf(channel, network, 20_000)).toBe(false);
    expect(isKnownOf(open, network, 0)).toBe(false);
    expect(isKnownOf(channel, failure('rejected', 'no', { httpStatus: 400 }), 4_000)).toBe(false);
  });
});

describe('an HTTP status', () => {
  it.each([
    [400, 'rejected'],
    [401, 'refused'],
    [402, 'paymentRequired'],
    [403, 'refused'],
    [404, 'gone'],
    [408, 'timeout'],
    [410, 'gone'],
    [422, 'rejected'],
    [425, 'rateLimited'],
    [429, 'rateLimited'],
    [500, 'serverError'],
    [503, 'serverError'],
  ] as const)('%i is of the class %s', (status, kind) => {
    expect(classOfStatus(status)).toBe(kind);
  });
});

describe('Retry-After', () => {
  const nowMs = Date.UTC(2026, 0, 5, 8);

  it.each([
    ['120', 120_000],
    [' 5 ', 5_000],
    ['0', 0],
    ['Mon, 05 Jan 2026 08:01:00 GMT', 60_000],
    ['Mon, 05 Jan 2026 07:00:00 GMT', 0],
    ['9999999', 86_400_000],
    ['soon', null],
    ['', null],
  ])('%j is read as %j ms', (header, expected) => {
    expect(retryAfterMs(header, nowMs)).toBe(expected);
  });

  it('may be absent', () => {
    expect(retryAfterMs(undefined, nowMs)).toBeNull();
  });
});
