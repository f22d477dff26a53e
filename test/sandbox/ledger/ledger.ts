/** An entry with its place in the ledger; `at` is an ISO 8601 time. */
export type Recorded<Entry> = Entry & { readonly sequence: number; readonly at: string };

/** Everything a sandbox saw, in order. */
export interface Ledger<Entry extends { readonly kind: string }> {
  add(entry: Entry): Recorded<Entry>;
  all(): readonly Recorded<Entry>[];
  ofKind<K extends Entry['kind']>(kind: K): readonly Recorded<Extract<Entry, { readonly kind: K }>>[];
  /**
   * The first entry of the kind, past or coming, that the test accepts.
   * Rejects after `timeoutMs` (default 10 s) with the number of entries it looked at.
   */
  waitFor<K extends Entry['kind']>(
    kind: K,
    accepts?: (entry: Recorded<Extract<Entry, { readonly kind: K }>>) => boolean,
    timeoutMs?: number,
  ): Promise<Recorded<Extract<Entry, { readonly kind: K }>>>;
  /** Calls back with each coming entry until the returned function is called. */
  onEntry(listener: (entry: Recorded<Entry>) => void): () => void;
  clear(): void;
}

const DEFAULT_WAIT_MS = 10_000;

export function createLedger<Entry extends { readonly kind: string }>(now: () => Date): Ledger<Entry> {
  type OfKind<K extends Entry['kind']> = Recorded<Extract<Entry, { readonly kind: K }>>;
  const entries: Recorded<Entry>[] = [];
  const listeners = new Set<(entry: Recorded<Entry>) => void>();
  let nextSequence = 1;

  function ofKind<K extends Entry['kind']>(kind: K): readonly OfKind<K>[] {
    return entries.filter((entry): entry is OfKind<K> => entry.kind === kind);
  }

  return {
    add(entry) {
      const recorded = { ...entry, sequence: nextSequence, at: now().toISOString() };
      nextSequence += 1;
      entries.push(recorded);
      for (const listener of [...listeners]) listener(recorded);
      return recorded;
    },
    all: () => [...entries],
    ofKind,
    waitFor(kind, accepts = () => true, timeoutMs = DEFAULT_WAIT_MS) {
      const { promise, resolve, reject } = Promise.withResolvers<OfKind<typeof kind>>();
      const look = () => {
        const found = ofKind(kind).find(accepts);
        if (found === undefined) return;
        finish();
        resolve(found);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`no fitting ${kind} within ${timeoutMs} ms; ${ofKind(kind).length} others were recorded`));
      }, timeoutMs);
      const finish = () => {
        clearTimeout(timer);
        listeners.delete(look);
      };
      listeners.add(look);
      look();
      return promise;
    },
    onEntry(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    clear: () => {
      entries.length = 0;
    },
  };
}
