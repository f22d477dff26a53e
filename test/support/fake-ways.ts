import type { BudgetBook } from '../../main/core/connections/budget-book.ts';
import type { LiveConnection } from '../../main/core/connections/connection-directory.ts';
import { PlatformWays, type PlatformWaysDeps } from '../../main/core/connections/platform-ways.ts';
import type { PlatformAnswer } from '../../main/core/platforms/http/platform-call.ts';
import type { PlatformWay } from '../../main/core/platforms/platform.ts';
import { failure } from '../../main/core/work/failure.ts';

const emptyAnswer: PlatformAnswer = {
  status: 200,
  text: '',
  whole: true,
  header: () => undefined,
  message: '',
  excerpt: null,
  retryAfterMs: null,
};

/** Ways that lead nowhere: a request takes its place in the connection's budget and is answered 200 at once. */
export class FakeWays extends PlatformWays {
  readonly #budgets: BudgetBook;

  constructor(deps: PlatformWaysDeps) {
    super(deps);
    this.#budgets = deps.budgets;
  }

  override to(connection: LiveConnection, abort: AbortSignal): PlatformWay {
    return {
      ...super.to(connection, abort),
      call: async () => {
        const place = await this.#budgets.acquire(connection.id, abort);
        if (place === null) {
          return { kind: 'noAnswer', failure: failure('network', 'stopped'), mayHaveArrived: false };
        }
        place.release({ throttled: false });
        return { kind: 'answer', answer: emptyAnswer };
      },
    };
  }
}
