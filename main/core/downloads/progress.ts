import type { TransferProgress } from '../../contract/files.ts';
import type { Clock } from '../ports/clock.ts';
import type { TransferReport } from './transfer-protocol.ts';

/** Speed is that of the last seconds. */
const windowMs = 5_000;
const emitEveryMs = 200;
const stalledAfterMs = 10_000;
/** Below this share of the host's usual speed a transfer is called slow. */
const slowShare = 0.1;
/** A transfer younger than this says nothing about speed. */
const tooYoungMs = 2_000;
/** How much one finished transfer moves the host's usual speed. */
const learning = 0.3;

interface Sample {
  readonly atMs: number;
  readonly bytes: number;
}

interface Tracked {
  readonly fileId: number;
  readonly host: string;
  readonly attempt: number;
  readonly startedAtMs: number;
  expectedBytes: number | null;
  verifying: boolean;
  /** The last seconds, oldest first; the first one is the state at the window's beginning. */
  samples: Sample[];
  lastByteAtMs: number;
}

export interface TransferStart {
  readonly fileId: number;
  readonly host: string;
  readonly attempt: number;
  readonly expectedBytes: number | null;
}

/** Follows all running transfers and tells of them together, at most five times a second. */
export class ProgressBoard {
  readonly #clock: Clock;
  readonly #listeners = new Set<(transfers: readonly TransferProgress[]) => void>();
  readonly #tracked = new Map<number, Tracked>();
  readonly #usualBytesPerSecond = new Map<string, number>();
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  subscribe(listener: (transfers: readonly TransferProgress[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(start: TransferStart): void {
    const nowMs = this.#clock.nowMs();
    this.#tracked.set(start.fileId, {
      ...start,
      startedAtMs: nowMs,
      verifying: false,
      samples: [],
      lastByteAtMs: nowMs,
    });
    this.#emitSoon();
  }

  note(fileId: number, report: TransferReport): void {
    const tracked = this.#tracked.get(fileId);
    if (tracked === undefined) return;
    const nowMs = this.#clock.nowMs();
    tracked.verifying = report.phase === 'verifying';
    tracked.expectedBytes = report.totalBytes;
    const newest = tracked.samples.at(-1);
    // Started over: what was measured before belongs to other bytes.
    if (newest !== undefined && report.receivedBytes < newest.bytes) tracked.samples = [];
    if (report.receivedBytes !== newest?.bytes) tracked.lastByteAtMs = nowMs;
    tracked.samples.push({ atMs: nowMs, bytes: report.receivedBytes });
    this.#forgetOld(tracked, nowMs);
  }

  /** `bytes` were fetched in this try when it went well; null when it did not. */
  end(fileId: number, bytes: number | null): void {
    const tracked = this.#tracked.get(fileId);
    if (tracked === undefined) return;
    this.#tracked.delete(fileId);
    const tookMs = this.#clock.nowMs() - tracked.startedAtMs;
    if (bytes !== null && tookMs > 0) this.#learn(tracked.host, (bytes * 1000) / tookMs);
    this.#emitSoon();
  }

  running(): TransferProgress[] {
    const nowMs = this.#clock.nowMs();
    return [...this.#tracked.values()].map((tracked) => this.#describe(tracked, nowMs));
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#tracked.clear();
  }

  #describe(tracked: Tracked, nowMs: number): TransferProgress {
    this.#forgetOld(tracked, nowMs);
    const { fileId, attempt, expectedBytes } = tracked;
    const receivedBytes = tracked.samples.at(-1)?.bytes ?? 0;
    const bytesPerSecond = speedOf(tracked.samples, nowMs);
    const secondsLeft =
      expectedBytes === null || bytesPerSecond === 0
        ? null
        : Math.max(0, expectedBytes - receivedBytes) / bytesPerSecond;
    const condition = this.#conditionOf(tracked, bytesPerSecond, nowMs);
    return { fileId, receivedBytes, expectedBytes, bytesPerSecond, secondsLeft, attempt, condition };
  }

  #conditionOf(tracked: Tracked, bytesPerSecond: number, nowMs: number): TransferProgress['condition'] {
    if (tracked.verifying) return 'verifying';
    if (nowMs - tracked.lastByteAtMs >= stalledAfterMs) return 'stalled';
    const usual = this.#usualBytesPerSecond.get(tracked.host);
    const oldEnough = nowMs - tracked.startedAtMs >= tooYoungMs;
    return oldEnough && usual !== undefined && bytesPerSecond < usual * slowShare ? 'slow' : 'moving';
  }

  #forgetOld(tracked: Tracked, nowMs: number): void {
    const firstKept = tracked.samples.findIndex((sample) => sample.atMs >= nowMs - windowMs);
    // One older sample stays, as the state at the window's beginning.
    const cut = firstKept === -1 ? tracked.samples.length - 1 : firstKept - 1;
    if (cut > 0) tracked.samples = tracked.samples.slice(cut);
  }

  #learn(host: string, bytesPerSecond: number): void {
    const usual = this.#usualBytesPerSecond.get(host) ?? bytesPerSecond;
    this.#usualBytesPerSecond.set(host, usual + learning * (bytesPerSecond - usual));
  }

  #emitSoon(): void {
    if (this.#cancelTimer !== null) return;
    this.#cancelTimer = this.#clock.at(this.#clock.nowMs() + emitEveryMs, () => {
      this.#cancelTimer = null;
      const transfers = this.running();
      for (const listener of this.#listeners) listener(transfers);
      // An empty batch tells that nothing runs any more; then there is silence.
      if (this.#tracked.size > 0) this.#emitSoon();
    });
  }
}

const speedOf = (samples: readonly Sample[], nowMs: number): number => {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || nowMs <= first.atMs) return 0;
  const sinceMs = Math.max(nowMs - windowMs, first.atMs);
  return Math.max(0, Math.round(((last.bytes - first.bytes) * 1000) / Math.max(1, nowMs - sinceMs)));
};
