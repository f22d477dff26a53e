import type { Clock } from '../../../../../main/core/ports/clock.ts';

interface Alarm {
  readonly atMs: number;
  readonly task: () => void;
}

/** The machine has been on for an hour when a test begins. */
const uptimeMs = 3_600_000;

/** A clock that stands still until a test turns it. */
export class FakeClock implements Clock {
  readonly #startMs: number;
  #nowMs: number;
  readonly #alarms = new Set<Alarm>();

  constructor(startMs = Date.UTC(2026, 2, 2, 8)) {
    this.#startMs = startMs;
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  elapsedMs(): number {
    return uptimeMs + this.#nowMs - this.#startMs;
  }

  at(atMs: number, task: () => void): () => void {
    const alarm = { atMs, task };
    this.#alarms.add(alarm);
    // What is due already runs, as with a timer, after the one who asked has gone on.
    if (atMs <= this.#nowMs) setImmediate(() => this.#ring());
    return () => this.#alarms.delete(alarm);
  }

  turn(byMs: number): void {
    this.#nowMs += byMs;
    this.#ring();
  }

  #ring(): void {
    for (const alarm of [...this.#alarms].toSorted((left, right) => left.atMs - right.atMs)) {
      if (alarm.atMs > this.#nowMs || !this.#alarms.delete(alarm)) continue;
      alarm.task();
    }
  }
}
