import { randomBytes } from 'node:crypto';
import type { Visit } from '../../contract/define.ts';

/** One person's stay at one screen; it outlives a lost wire, not the station. */
interface Session {
  readonly token: string;
  readonly personId: number;
  readonly endsAtMs: number;
  /** Null while its screen has no wire. */
  visit: Visit | null;
  leftAtMs: number;
}

const longestMs = 12 * 3_600_000;

/** Who is signed in where. A screen has at most one session, and each session at most one wire. */
export class Sessions {
  readonly #now: () => number;
  readonly #byToken = new Map<string, Session>();
  readonly #byVisit = new Map<Visit, Session>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins a session at this visit; the one before it ends. Answers its token. */
  begin(visit: Visit, personId: number): string {
    for (const session of this.#byToken.values()) if (this.#isOver(session)) this.#end(session);
    this.end(visit);
    const nowMs = this.#now();
    const token = randomBytes(32).toString('base64url');
    const session = { token, personId, endsAtMs: nowMs + longestMs, visit, leftAtMs: nowMs };
    this.#byToken.set(token, session);
    this.#byVisit.set(visit, session);
    return token;
  }

  /**
   * Goes on with a session at another visit, away from the one that had it. One whose screen had no wire for longer
   * than `longestAwayMs` has ended. Answers whether there is such a session.
   */
  resume(visit: Visit, token: string, longestAwayMs: number): boolean {
    const session = this.#byToken.get(token);
    if (session === undefined) return false;
    const wasLeft = session.visit === null && this.#now() - session.leftAtMs > longestAwayMs;
    if (wasLeft || this.#isOver(session)) {
      this.#end(session);
      return false;
    }
    if (session.visit === visit) return true;
    this.end(visit);
    if (session.visit !== null) this.#byVisit.delete(session.visit);
    session.visit = visit;
    this.#byVisit.set(visit, session);
    return true;
  }

  /** The id of who is signed in at this visit. */
  personAt(visit: Visit): number | null {
    const session = this.#byVisit.get(visit);
    if (session === undefined) return null;
    if (!this.#isOver(session)) return session.personId;
    this.#end(session);
    return null;
  }

  /** The id of whose session this is, while its screen has a wire. */
  personWith(token: string): number | null {
    const visit = this.#byToken.get(token)?.visit ?? null;
    return visit === null ? null : this.personAt(visit);
  }

  end(visit: Visit): void {
    const session = this.#byVisit.get(visit);
    if (session !== undefined) this.#end(session);
  }

  /** Ends all sessions of a person but the one at this visit. */
  endOf(personId: number, except: Visit | null): void {
    for (const session of this.#byToken.values()) {
      if (session.personId === personId && (except === null || session.visit !== except)) this.#end(session);
    }
  }

  /** The wire has ended; its session waits for the screen's next one. */
  leave(visit: Visit): void {
    const session = this.#byVisit.get(visit);
    if (session === undefined) return;
    this.#byVisit.delete(visit);
    session.visit = null;
    session.leftAtMs = this.#now();
  }

  #isOver(session: Session): boolean {
    return this.#now() >= session.endsAtMs;
  }

  #end(session: Session): void {
    this.#byToken.delete(session.token);
    if (session.visit !== null) this.#byVisit.delete(session.visit);
  }
}
