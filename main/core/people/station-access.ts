import { type Audience, type Caller, commandLine, type Visit } from '../../contract/define.ts';
import type { Access } from '../../contract/server.ts';
import type { PeopleBook } from './people-book.ts';
import type { Sessions } from './sessions.ts';

/** Who makes each call, and what they may do; see docs/decisions/0009. */
export class StationAccess implements Access {
  readonly #book: PeopleBook;
  readonly #sessions: Sessions;

  constructor(book: PeopleBook, sessions: Sessions) {
    this.#book = book;
    this.#sessions = sessions;
  }

  callerOf(visit: Visit): Caller {
    // Whoever runs commands on this machine owns the data folder anyway.
    if (visit.by === commandLine) return { by: visit.by, role: 'manager', visit };
    const person = this.#book.find(this.#sessions.personAt(visit));
    return person === null ? { by: visit.by, visit } : { by: person.initials, role: person.role, visit };
  }

  callerWith(session: string | null): Caller {
    const person = session === null ? null : this.#book.find(this.#sessions.personWith(session));
    return person === null ? { by: 'screen' } : { by: person.initials, role: person.role };
  }

  refusalOf(audience: Audience, { role }: Caller): string | null {
    if (audience === 'everyone' || role === 'manager' || this.#book.all.length === 0) return null;
    if (audience === 'manager') return 'only a manager may do this: a manager must sign in';
    return role === undefined ? 'nobody is signed in: sign in first' : null;
  }

  leave(visit: Visit): void {
    this.#sessions.leave(visit);
  }
}
