/** The most moments that lie in any window of this length; a moment exactly one window after another is outside its window. */
export function mostInWindow(momentsMs: readonly number[], windowMs: number): number {
  const sorted = momentsMs.toSorted((a, b) => a - b);
  let first = 0;
  let most = 0;
  sorted.forEach((moment, at) => {
    while (moment - (sorted[first] ?? moment) >= windowMs) first += 1;
    most = Math.max(most, at - first + 1);
  });
  return most;
}
