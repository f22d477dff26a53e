import type { EventName, EventPayload } from '../../contract/contract.ts';
import type { EventSource } from '../../contract/server.ts';

type Listener = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

/** Carries the contract's events from the station to its hosts. */
export class EventBus implements EventSource {
  readonly #listeners = new Set<Listener>();

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    for (const listener of this.#listeners) listener(name, payload);
  }
}
