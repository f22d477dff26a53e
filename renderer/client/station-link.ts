import { createClient } from '../../main/contract/client.ts';
import type { Client } from '../../main/contract/contract.ts';
import { reconnectDelayMs } from './back-off.ts';
import type { ClosableWire, OpenOutcome } from './socket-wire.ts';

/** What this page knows of its connection to the station. Moments are milliseconds since 1970. */
export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  | {
      readonly kind: 'lost';
      readonly since: number;
      readonly cause: 'unreachable' | 'refused';
      readonly nextTryAt: number;
    }
  /** The address that this page was opened with holds no key. */
  | { readonly kind: 'noKey' };

export interface LinkDeps {
  /** Null when there is nothing to open a wire with. */
  readonly openWire: (() => Promise<OpenOutcome>) | null;
  readonly now: () => number;
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
}

/** Asked when the station refused something to whoever is before the screen; true: it may be asked for once more. */
type RefusalAnswer = () => Promise<boolean>;

/** How often a silent wire is asked whether the station still answers, and how long it may take. */
const pulseEveryMs = 10_000;
const pulseTimeoutMs = 5_000;

/** The page's one connection to the station: opens the wire, notices its end, and opens it again by itself. */
export class StationLink {
  readonly #deps: LinkDeps;
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  readonly #clientListeners = new Set<(client: Client) => void>();
  #state: LinkState = { kind: 'connecting' };
  #client: Client | null = null;
  #wire: ClosableWire | null = null;
  #cancelTimer: () => void = () => {};
  #attempt = 0;
  #answerRefusal: RefusalAnswer | null = null;
  #opening = false;
  #stopped = false;

  constructor(deps: LinkDeps) {
    this.#deps = deps;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** The client of the present wire; null while there is none. */
  get client(): Client | null {
    return this.#client;
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Told of every new client, and at once of the present one. What hung on the old client is gone with its wire. */
  onClient(listener: (client: Client) => void): () => void {
    this.#clientListeners.add(listener);
    if (this.#client !== null) listener(this.#client);
    return () => this.#clientListeners.delete(listener);
  }

  /** Says who answers when the station refuses something as not permitted. */
  askWhenRefused(answer: RefusalAnswer): void {
    this.#answerRefusal = answer;
  }

  /** Something was refused as not permitted: whether it may be asked for once more. */
  async wasRefused(): Promise<boolean> {
    return (await this.#answerRefusal?.()) ?? false;
  }

  start(): void {
    if (this.#deps.openWire === null) this.#setState({ kind: 'noKey' });
    else void this.#open(this.#deps.openWire);
  }

  /** Does not wait for the back-off: a person asked. */
  tryNow(): void {
    if (this.#client !== null || this.#deps.openWire === null) return;
    this.#cancelTimer();
    void this.#open(this.#deps.openWire);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
    this.#wire?.close();
  }

  async #open(openWire: () => Promise<OpenOutcome>): Promise<void> {
    if (this.#opening || this.#stopped) return;
    this.#opening = true;
    const outcome = await openWire();
    this.#opening = false;
    if (outcome.kind === 'open') this.#take(outcome.wire);
    else this.#lose(outcome.kind);
  }

  #take(wire: ClosableWire): void {
    if (this.#stopped) {
      wire.close();
      return;
    }
    const { client, closed } = createClient(wire);
    this.#wire = wire;
    this.#client = client;
    this.#attempt = 0;
    void closed.then(() => {
      if (this.#wire === wire) this.#lose('unreachable');
    });
    this.#setState({ kind: 'connected' });
    for (const listener of this.#clientListeners) listener(client);
    this.#pulse(client, wire);
  }

  /** A wire can die without saying so (a sleeping machine, a tunnel): then only the silence shows it. */
  #pulse(client: Client, wire: ClosableWire): void {
    this.#cancelTimer = this.#deps.setTimer(() => {
      const giveUp = this.#deps.setTimer(() => {
        wire.close();
        if (this.#wire === wire) this.#lose('unreachable');
      }, pulseTimeoutMs);
      this.#cancelTimer = giveUp;
      // Any answer is one, a failure too.
      void Promise.allSettled([client.station.get({})]).then(() => {
        giveUp();
        if (this.#wire === wire && !this.#stopped) this.#pulse(client, wire);
      });
    }, pulseEveryMs);
  }

  #lose(cause: 'unreachable' | 'refused'): void {
    this.#cancelTimer();
    this.#wire = null;
    this.#client = null;
    if (this.#stopped) return;
    this.#attempt += 1;
    const now = this.#deps.now();
    const delayMs = reconnectDelayMs(this.#attempt);
    const since = this.#state.kind === 'lost' ? this.#state.since : now;
    this.#setState({ kind: 'lost', since, cause, nextTryAt: now + delayMs });
    this.#cancelTimer = this.#deps.setTimer(() => this.tryNow(), delayMs);
  }

  #setState(state: LinkState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}
