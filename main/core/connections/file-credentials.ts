import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { AuthorizeFile } from '../downloads/authorized-transfer.ts';
import { isThrottled } from '../platforms/http/platform-call.ts';
import { failure } from '../work/failure.ts';
import type { BudgetBook } from './budget-book.ts';
import type { LiveConnection } from './connection-directory.ts';
import type { PlatformWays } from './platform-ways.ts';

/**
 * How files get the credentials of their connections: from the platform, with a place in the budget for the request that
 * bears them. Credentials that a file host refuses (401) are asked for anew the next time.
 */
export class FileCredentials {
  readonly #ways: PlatformWays;
  readonly #budgets: BudgetBook;
  readonly #refused = new Set<string>();

  constructor(ways: PlatformWays, budgets: BudgetBook) {
    this.#ways = ways;
    this.#budgets = budgets;
  }

  of(connection: LiveConnection): AuthorizeFile {
    const { id, platform } = connection;
    return async (url, abort) => {
      if (platform.jobs?.authorize === undefined) {
        return {
          kind: 'failed',
          failure: failure('rejected', stationLine('fileCredentialsNone', { platform: platform.name })),
        };
      }
      const fresh = this.#refused.delete(id);
      const authorization = await platform.jobs.authorize(this.#ways.to(connection, abort), url, fresh);
      if (authorization.kind === 'failed') return authorization;
      const place = await this.#budgets.acquire(id, abort);
      if (place === null) return { kind: 'failed', failure: failure('network', stationLine('stoppedBeforeAsked')) };
      return {
        ...authorization,
        release: (httpStatus) => {
          if (httpStatus === 401) this.#refused.add(id);
          place.release({ throttled: isThrottled(httpStatus) });
        },
      };
    };
  }
}
