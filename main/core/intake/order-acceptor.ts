import type { LiveConnection } from '../connections/connection-directory.ts';
import type { IncomingOrder } from '../domain/incoming-order.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../store/store.ts';
import { SettleTogether } from '../work/settle-together.ts';
import { type AcceptedOrder, type AcceptOrderInput, acceptOrder } from './accept-order.ts';

export interface OrderAcceptorDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly nameTemplate: () => string;
  /** A new order is there: its files and signals are due. */
  readonly onStored: () => void;
}

interface Acceptance {
  readonly input: AcceptOrderInput;
  accepted: AcceptedOrder | null;
}

/**
 * Stores orders; those that arrive while a transaction is under way go into the next one together. Each is answered
 * once that is on disk; when it fails, each is stored by itself, so that one order cannot keep the others out.
 */
export class OrderAcceptor {
  readonly #deps: OrderAcceptorDeps;
  readonly #together: SettleTogether<Acceptance>;

  constructor(deps: OrderAcceptorDeps) {
    this.#deps = deps;
    this.#together = new SettleTogether((acceptances) =>
      deps.store.write(async (transaction) => {
        await Promise.all(
          acceptances.map(async (acceptance) => {
            acceptance.accepted = await acceptOrder(transaction, acceptance.input);
          }),
        );
      }),
    );
  }

  /** Resolves once the order is on disk. `by` is `platform` when it was posted, else who imported it. */
  async accept(connection: LiveConnection, order: IncomingOrder, by: string): Promise<AcceptedOrder> {
    const { clock, nameTemplate, onStored } = this.#deps;
    const acceptance: Acceptance = {
      input: { connection, order, nameTemplate: nameTemplate(), nowMs: clock.nowMs(), by },
      accepted: null,
    };
    await this.#together.add(acceptance);
    if (acceptance.accepted === null) throw new Error('the order was not stored');
    if (acceptance.accepted.outcome === 'stored') onStored();
    return acceptance.accepted;
  }
}
