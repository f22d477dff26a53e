import { setTimeout as delay } from 'node:timers/promises';
import type { ComingOrders } from './floor/coming-orders.ts';
import type { Operator } from './floor/operator.ts';
import type { Tell } from './run.ts';
import type { StationRunner } from './station/station-runner.ts';

export interface QuietDeps {
  readonly runner: StationRunner;
  readonly coming: ComingOrders;
  readonly operator: Operator;
  readonly tell: Tell;
}

const leastMs = 240_000;
/** A long run leaves more behind. */
const mostMsPerOrder = 150;
const lookEveryMs = 200;
const tellEveryMs = 10_000;

/** Waits until nothing is left to do, not longer than what is left may take. Answers how long that took, or null. */
export const waitUntilQuiet = async ({ runner, coming, operator, tell }: QuietDeps): Promise<number | null> => {
  const startedAtMs = Date.now();
  const limitMs = leastMs + coming.all.length * mostMsPerOrder;
  let toldAtMs = startedAtMs;
  while (Date.now() - startedAtMs < limitMs) {
    const open = operator.openOrders();
    const outbox = await runner.link?.client.outbox.list({ limit: 1 }).catch(() => null);
    const counts = outbox?.countByState ?? { unknown: 1 };
    const unsent = Object.entries(counts).filter(
      ([state, number]) => number > 0 && !['sent', 'cancelled'].includes(state),
    );
    if (coming.unsaid === 0 && open.length === 0 && unsent.length === 0) return Date.now() - startedAtMs;
    if (Date.now() - toldAtMs > tellEveryMs) {
      toldAtMs = Date.now();
      const waiting = unsent.map(([state, number]) => `${number} ${state}`).join(', ');
      tell(
        `not quiet yet: ${coming.unsaid} unsaid, signals ${waiting || 'none'}, ${open.length} orders (${open.slice(0, 5).join(' ')})`,
      );
    }
    await delay(lookEveryMs);
  }
  return null;
};
