import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { senderOf } from './sender-of.ts';

export interface RefusalLogDeps {
  readonly clock: Pick<Clock, 'nowMs' | 'at'>;
  readonly logger: Pick<Logger, 'warn'>;
}

/** One kind of refusal in the minute that began with the first of them. */
interface Minute {
  /** Written for each address. */
  readonly linesOf: Map<string, number>;
  lines: number;
  leftOut: number;
  /** Of those that were left out. */
  readonly senders: Set<string>;
  readonly callOff: () => void;
}

const minuteMs = 60_000;
/** Written down as they are, of one kind in a minute: of one address, and of all together. */
const linesOfOneSender = 10;
const linesOfAll = 30;
/** Addresses of a minute that are told apart. */
const mostSenders = 1_000;

const numbers = new Intl.NumberFormat('en');

/**
 * Writes down what was refused: of each kind the first lines as they are, and of the others how many there were, once a
 * minute. A kind is one of a few words of ours, and nothing that a sender has a say in, so an attack fills no log.
 */
export class RefusalLog {
  readonly #deps: RefusalLogDeps;
  readonly #minutes = new Map<string, Minute>();

  constructor(deps: RefusalLogDeps) {
    this.#deps = deps;
  }

  /** `write` writes the line, when there is room for it. */
  note(kind: string, address: string, write: () => void): void {
    const minute = this.#minutes.get(kind) ?? this.#begin(kind);
    const sender = senderOf(address);
    const lines = minute.linesOf.get(sender) ?? 0;
    if (lines < linesOfOneSender && minute.lines < linesOfAll) {
      minute.linesOf.set(sender, lines + 1);
      minute.lines += 1;
      write();
      return;
    }
    minute.leftOut += 1;
    if (minute.senders.size < mostSenders) minute.senders.add(sender);
  }

  /** Writes down what was left out so far. */
  stop(): void {
    for (const kind of [...this.#minutes.keys()]) this.#end(kind);
  }

  #begin(kind: string): Minute {
    const { clock } = this.#deps;
    const callOff = clock.at(clock.nowMs() + minuteMs, () => this.#end(kind));
    const minute: Minute = { linesOf: new Map(), lines: 0, leftOut: 0, senders: new Set(), callOff };
    this.#minutes.set(kind, minute);
    return minute;
  }

  #end(kind: string): void {
    const minute = this.#minutes.get(kind);
    if (minute === undefined) return;
    minute.callOff();
    this.#minutes.delete(kind);
    const { leftOut, senders } = minute;
    if (leftOut === 0) return;
    const addresses = `${numbers.format(senders.size)} ${senders.size === 1 ? 'address' : 'addresses'}`;
    const from = senders.size < mostSenders ? addresses : `${addresses} or more`;
    this.#deps.logger.warn(`intake: ${kind}: and ${numbers.format(leftOut)} more from ${from} in the last minute`);
  }
}
