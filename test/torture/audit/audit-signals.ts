import type { SignalEvidence, SignalWords } from './evidence.ts';
import type { Loss } from './loss.ts';

/** What was said, without the repeats of the word just said. */
const withoutRepeats = (said: readonly SignalWords[]): readonly string[] =>
  said.map(({ words }) => words).filter((words, at, all) => words !== all[at - 1]);

/** Every signal reached the platform at least once, each item's in their order, and nothing that was taken back did. */
export const auditSignals = ({ rows, told, confirmed, registered }: SignalEvidence): readonly Loss[] => {
  const loss = (where: string, what: string): Loss => ({ kind: 'signal', where, what });
  const losses: Loss[] = [];
  const toldOf = Map.groupBy(told, ({ item }) => item);
  const rowsOf = Map.groupBy(rows, ({ item }) => item);
  for (const item of new Set([...toldOf.keys(), ...rowsOf.keys()])) {
    const its = rowsOf.get(item) ?? [];
    for (const { id, words, state, mandatory, replaced } of its) {
      const isOver = state === 'sent' || state === 'cancelled' || replaced;
      if (!isOver && mandatory) losses.push(loss(item, `signal ${id} (${words}) is still ${state}`));
    }
    const expected = withoutRepeats(its.filter(({ state }) => state === 'sent'));
    const heard = withoutRepeats(toldOf.get(item) ?? []);
    if (expected.join(' → ') !== heard.join(' → ')) {
      losses.push(
        loss(item, `the platform heard ${heard.join(' → ') || 'nothing'}; sent: ${expected.join(' → ') || 'nothing'}`),
      );
    }
  }
  for (const item of registered) {
    const heard = toldOf.get(item)?.some(({ words }) => words.startsWith('ItemRegistered')) === true;
    if (!heard) losses.push(loss(item, 'the platform never heard that it is registered'));
  }
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { signal, item, undone } of confirmed) {
    const row = byId.get(signal);
    if (row === undefined) losses.push(loss(item, `signal ${signal} was confirmed to an operator, and is gone`));
    else if (row.state === 'cancelled' && !undone && !row.replaced) {
      losses.push(loss(item, `signal ${signal} (${row.words}) was confirmed, and is cancelled though nobody undid it`));
    }
  }
  return losses;
};
