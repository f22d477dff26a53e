import type { AuthorizeFile } from '../downloads/authorized-transfer.ts';
import { failure } from '../work/failure.ts';
import type { BudgetBook } from './budget-book.ts';
import type { LiveConnection } from './connection-directory.ts';
import type { PlatformWays } from './platform-ways.ts';

/** How files of a connection get its credentials: from the platform, with a place in the budget for the request that bears them. */
export const fileCredentials =
  (connection: LiveConnection, ways: PlatformWays, budgets: BudgetBook): AuthorizeFile =>
  async (url, abort) => {
    const following = connection.platform.jobs;
    if (following?.authorize === undefined) {
      return {
        kind: 'failed',
        failure: failure('rejected', `${connection.platform.name} gives no credentials for files`),
      };
    }
    const authorization = await following.authorize(ways.to(connection, abort), url);
    if (authorization.kind === 'failed') return authorization;
    const place = await budgets.acquire(connection.id, abort);
    if (place === null) return { kind: 'failed', failure: failure('network', 'stopped before it was asked for') };
    return {
      ...authorization,
      release: (httpStatus) => place.release({ throttled: httpStatus === 429 || httpStatus === 503 }),
    };
  };
