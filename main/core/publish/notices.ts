import type { NoticeView } from '../../contract/station.ts';
import { type Clock, toMoment } from '../ports/clock.ts';

/** A thing that a person should know. `subject` makes it one: a second notice of the same code and subject replaces the first. */
export interface NewNotice {
  readonly level: NoticeView['level'];
  readonly code: string;
  readonly subject: string;
  readonly detail: NoticeView['detail'];
  readonly text: string;
}

const mostNotices = 50;

/** The station's standing notices, such as a refused key or a full disk: one each, until it is over or dismissed. */
export class NoticeBoard {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #notices = new Map<string, NoticeView>();
  #lastId = 0;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  list(): NoticeView[] {
    return [...this.#notices.values()];
  }

  raise(notice: NewNotice): void {
    const key = `${notice.code} ${notice.subject}`;
    const known = this.#notices.get(key);
    if (known?.text === notice.text) return;
    this.#lastId += 1;
    const { level, code, detail, text } = notice;
    this.#notices.delete(key);
    this.#notices.set(key, { id: this.#lastId, at: toMoment(this.#clock.nowMs()), level, code, detail, text });
    const oldest = this.#notices.keys().next().value;
    if (this.#notices.size > mostNotices && oldest !== undefined) this.#notices.delete(oldest);
    this.#onChange();
  }

  /** The reason is gone. */
  clear(code: string, subject: string): void {
    if (this.#notices.delete(`${code} ${subject}`)) this.#onChange();
  }

  /** A person has read it. */
  dismiss(id: number): boolean {
    const key = [...this.#notices].find(([, notice]) => notice.id === id)?.[0];
    if (key === undefined) return false;
    this.#notices.delete(key);
    this.#onChange();
    return true;
  }
}
