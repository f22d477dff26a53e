import { createConnectionAgents } from '../platforms/http/connection-agents.ts';
import type { CallTimeouts } from '../platforms/http/http-call.ts';
import { platformCall } from '../platforms/http/platform-call.ts';
import type { PlatformWay } from '../platforms/platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { BudgetBook } from './budget-book.ts';
import type { LiveConnection } from './connection-directory.ts';

export interface PlatformWaysDeps {
  readonly clock: Clock;
  readonly budgets: BudgetBook;
  /** Default: 10 s for a connection, 30 s for an answer, 60 s for all of it. */
  readonly timeouts?: CallTimeouts | undefined;
}

/** The ways from this station to its platforms: every request goes through one, within the connection's budget. */
export class PlatformWays {
  readonly #deps: PlatformWaysDeps;
  readonly #agents = createConnectionAgents();

  constructor(deps: PlatformWaysDeps) {
    this.#deps = deps;
  }

  to(connection: LiveConnection, abort: AbortSignal): PlatformWay {
    const { clock, budgets, timeouts } = this.#deps;
    const { id, platform, settings } = connection;
    const nowMs = (): number => clock.nowMs();
    return {
      connectionId: id,
      settings,
      secret: (name) => connection.secret(name),
      nowMs,
      elapsedMs: () => clock.elapsedMs(),
      abort,
      call: (request) =>
        platformCall(request, {
          agents: this.#agents,
          abort,
          timeouts,
          secrets: platform.secretNames.map((name) => connection.secret(name) ?? ''),
          nowMs,
          acquire: (untilAborted) => budgets.acquire(id, untilAborted),
        }),
    };
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }
}
