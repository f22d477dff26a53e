import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DrawQueue } from '../../../../renderer/stores/draw-queue.ts';

/** Tasks that end when a test says so. */
const openTasks = () => {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  return { started, task, end: (name: string) => ends.get(name)?.() };
};
const never = new AbortController().signal;

test('no more run at once than may, and the others follow in their order', async () => {
  const { started, task, end } = openTasks();
  const queue = new DrawQueue(2);
  const ended = ['a', 'b', 'c', 'd'].map((name) => queue.run(task(name), never));
  await nextTurn();
  expect(started).toEqual(['a', 'b']);
  end('b');
  expect(await ended[1]).toBe('b');
  await nextTurn();
  expect(started).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'c']) end(name);
  await nextTurn();
  expect(started).toEqual(['a', 'b', 'c', 'd']);
});

test('one that is called off before its turn never starts, and one that fails makes room', async () => {
  const { started, task, end } = openTasks();
  const queue = new DrawQueue(1);
  const failing = queue.run(() => Promise.reject(new Error('broken')), never);
  const abort = new AbortController();
  const waiting = queue.run(task('called off'), abort.signal);
  const last = queue.run(task('last'), never);
  abort.abort();
  await expect(waiting).rejects.toThrow('called off');
  await expect(failing).rejects.toThrow('broken');
  await nextTurn();
  end('last');
  expect(await last).toBe('last');
  expect(started).toEqual(['last']);
  await expect(queue.run(task('too late'), abort.signal)).rejects.toThrow('called off');
});
