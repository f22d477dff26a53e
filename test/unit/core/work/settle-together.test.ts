import { describe, expect, it } from 'vitest';
import { SettleTogether } from '../../../../main/core/work/settle-together.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what comes in while a transaction is under way', () => {
  it('is settled together in the next one', async () => {
    const batches: (readonly number[])[] = [];
    let finish = (): void => undefined;
    const settling = new SettleTogether<number>(async (entries) => {
      batches.push(entries);
      await new Promise<void>((resolve) => (finish = resolve));
    });
    const settled: number[] = [];
    const add = (entry: number): void => void settling.add(entry).then(() => settled.push(entry));
    add(1);
    await turn();
    add(2);
    add(3);
    await turn();
    add(4);
    expect(batches).toEqual([[1]]);
    finish();
    await turn();
    expect(batches).toEqual([[1], [2, 3, 4]]);
    expect(settled).toEqual([1]);
    finish();
    await turn();
    expect(settled).toEqual([1, 2, 3, 4]);
  });

  it('is settled one by one when one of them has a bug, and only that one is rejected', async () => {
    const settling = new SettleTogether<number>(async (entries) => {
      if (entries.includes(2)) throw new Error('bug');
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map((entry) => settling.add(entry)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
