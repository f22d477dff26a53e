/** Something that was lost, doubled, damaged or out of order. */
export interface Loss {
  readonly kind: 'order' | 'file' | 'handOver' | 'signal' | 'command' | 'budget' | 'database' | 'station';
  /** The order, file, item or connection. */
  readonly where: string;
  readonly what: string;
}

/** The number of times each entry is there. */
export const countsOf = (entries: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return counts;
};
