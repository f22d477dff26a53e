import type { Client } from '../../main/contract/contract.ts';
import { ContractError } from '../../main/contract/failure.ts';
import type { StationLink } from '../client/station-link.ts';
import { SnapshotGate, type SnapshotMark } from './snapshot-gate.ts';

/** One group's way from the station into its store. */
export interface FeedSpec<Snapshot extends SnapshotMark, Event extends SnapshotMark> {
  /** The client's own function that takes a listener. */
  readonly events: (client: Client) => (listener: (event: Event) => void) => () => void;
  readonly snapshot: (client: Client) => Promise<Snapshot>;
  readonly onSnapshot: (snapshot: Snapshot, reason: SnapshotReason) => void;
  readonly onEvent: (event: Event) => void;
  readonly onFailure: (error: ContractError) => void;
}

/** Why a snapshot was taken: a person or the screen asked, or the wire or the station was new. */
export type SnapshotReason = 'asked' | 'reconnected';

const retryDelayMs = 2_000;

/** Only bugs are not ContractErrors; they too must end as a sentence on the screen. */
export const toContractError = (error: unknown): ContractError =>
  error instanceof ContractError ? error : new ContractError('internal', String(error));

/** Keeps a store in step with the station: listens first, then takes one snapshot, and again for each new wire or epoch. */
export class Feed<Snapshot extends SnapshotMark, Event extends SnapshotMark> {
  readonly #link: StationLink;
  readonly #spec: FeedSpec<Snapshot, Event>;
  #gate = new SnapshotGate<Event>();
  #client: Client | null = null;
  /** Counts the snapshots asked for: only the answer to the last one is taken. */
  #asked = 0;

  constructor(link: StationLink, spec: FeedSpec<Snapshot, Event>) {
    this.#link = link;
    this.#spec = spec;
    link.onClient((client) => this.#take(client));
  }

  /** Takes a new snapshot now; events are held until it is there. */
  refresh(): Promise<void> {
    return this.#snapshot('asked');
  }

  #take(client: Client): void {
    this.#client = client;
    const gate = new SnapshotGate<Event>();
    this.#gate = gate;
    this.#spec.events(client)((event) => {
      if (this.#gate !== gate) return;
      const answer = gate.offer(event);
      if (answer === 'apply') this.#spec.onEvent(event);
      if (answer === 'resync') void this.#snapshot('reconnected');
    });
    void this.#snapshot('reconnected');
  }

  async #snapshot(reason: SnapshotReason): Promise<void> {
    const client = this.#client;
    if (client === null || client !== this.#link.client) return;
    this.#asked += 1;
    const asked = this.#asked;
    const gate = this.#gate;
    gate.close();
    try {
      const snapshot = await this.#spec.snapshot(client);
      if (asked !== this.#asked || gate !== this.#gate) return;
      const news = gate.open(snapshot);
      this.#spec.onSnapshot(snapshot, reason);
      for (const event of news) this.#spec.onEvent(event);
    } catch (thrown) {
      if (asked !== this.#asked || gate !== this.#gate) return;
      const error = toContractError(thrown);
      if (error.code === 'unreachable') return;
      this.#spec.onFailure(error);
      setTimeout(() => {
        if (asked === this.#asked) void this.#snapshot(reason);
      }, retryDelayMs);
    }
  }
}
