/** What a transaction touched: who shows these rows reads them again. */
export interface Touched {
  readonly orders: ReadonlySet<number>;
  readonly files: ReadonlySet<number>;
  readonly signals: ReadonlySet<number>;
  readonly jobs: ReadonlySet<number>;
  readonly actions: ReadonlySet<number>;
  readonly handovers: ReadonlySet<number>;
  readonly hotFolders: ReadonlySet<string>;
  readonly connections: ReadonlySet<string>;
  /** Ids of people; `rules`: the rules of the screens. */
  readonly people: ReadonlySet<number | 'rules'>;
}

/** Collects what one transaction touches. */
export class TouchList implements Touched {
  readonly orders = new Set<number>();
  readonly files = new Set<number>();
  readonly signals = new Set<number>();
  readonly jobs = new Set<number>();
  readonly actions = new Set<number>();
  readonly handovers = new Set<number>();
  readonly hotFolders = new Set<string>();
  readonly connections = new Set<string>();
  readonly people = new Set<number | 'rules'>();
}

/** Tells its listeners what each committed transaction touched. */
export class ChangeFeed {
  readonly #listeners = new Set<(touched: Touched) => void>();

  subscribe(listener: (touched: Touched) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(touched: Touched): void {
    for (const listener of this.#listeners) listener(touched);
  }
}
