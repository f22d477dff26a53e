import type { Clock } from '../ports/clock.ts';
import { senderOf } from './sender-of.ts';

export interface WrongKeyLimit {
  /** How many wrong keys of one address are answered as such in a minute. */
  readonly perMinute: number;
  /** How many addresses are kept in mind; the one that was noted first is forgotten first. */
  readonly addresses: number;
}

export const defaultWrongKeyLimit: WrongKeyLimit = { perMinute: 60, addresses: 10_000 };

interface Minute {
  /** By `Clock.elapsedMs()`: a clock that is set gives nobody new tries and keeps nobody waiting. */
  readonly startedAtMs: number;
  readonly wrong: number;
}

const minuteMs = 60_000;

/** What to tell the sender of a wrong key. */
export type WrongKeyVerdict =
  | { readonly kind: 'wrong' }
  /** Come again later. */
  | { readonly kind: 'tooMany'; readonly retryAfterSeconds: number };

/**
 * Counts wrong keys for each address. Only they are counted and only they are turned away: behind a proxy, strangers
 * and platforms have one address, and a right key must get through however many wrong ones came before it.
 */
export class WrongKeys {
  readonly #limit: WrongKeyLimit;
  readonly #clock: Pick<Clock, 'elapsedMs'>;
  readonly #minutes = new Map<string, Minute>();

  constructor(limit: WrongKeyLimit, clock: Pick<Clock, 'elapsedMs'>) {
    this.#limit = limit;
    this.#clock = clock;
  }

  note(address: string): WrongKeyVerdict {
    const nowMs = this.#clock.elapsedMs();
    const sender = senderOf(address);
    const last = this.#minutes.get(sender);
    const goesOn = last !== undefined && nowMs < last.startedAtMs + minuteMs;
    const { startedAtMs, wrong } = goesOn ? last : { startedAtMs: nowMs, wrong: 0 };
    if (!goesOn) this.#makeRoomFor(sender);
    this.#minutes.set(sender, { startedAtMs, wrong: wrong + 1 });
    if (wrong < this.#limit.perMinute) return { kind: 'wrong' };
    const retryAfterSeconds = Math.max(1, Math.ceil((startedAtMs + minuteMs - nowMs) / 1000));
    return { kind: 'tooMany', retryAfterSeconds };
  }

  #makeRoomFor(sender: string): void {
    this.#minutes.delete(sender);
    if (this.#minutes.size < this.#limit.addresses) return;
    const [first] = this.#minutes.keys();
    if (first !== undefined) this.#minutes.delete(first);
  }
}
