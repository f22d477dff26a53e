import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScanQueue } from '../../../../../renderer/features/scanner/scan-queue.ts';

/** A desk whose answers a test gives one by one. */
const openDesk = () => {
  const handled: string[] = [];
  const answers: (() => void)[] = [];
  let free = true;
  let waiting = 0;
  let expired = 0;
  const queue = new ScanQueue({
    handle: (code) => {
      handled.push(code);
      return new Promise((resolve) => answers.push(resolve));
    },
    mayHandle: () => free,
    onWaiting: (count) => {
      waiting = count;
    },
    onExpired: () => {
      expired += 1;
    },
  });
  return {
    queue,
    handled,
    waiting: () => waiting,
    expired: () => expired,
    block: (blocked: boolean) => {
      free = !blocked;
    },
    answer: async () => {
      answers.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
};

test('scans that come while one is answered wait, and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 }), async (codes) => {
      const desk = openDesk();
      for (const [index, code] of codes.entries()) expect(desk.queue.push(code, index)).toBe(true);
      expect(desk.handled).toEqual(codes.slice(0, 1));
      expect(desk.waiting()).toBe(codes.length - 1);
      for (const _ of codes) await desk.answer();
      expect(desk.handled).toEqual(codes);
      expect(desk.waiting()).toBe(0);
    }),
  );
});

test('behind an open dialog scans wait until it is closed', async () => {
  const desk = openDesk();
  desk.block(true);
  desk.queue.push('P00016', 0);
  desk.queue.push('C0001X', 1);
  expect(desk.handled).toEqual([]);
  expect(desk.waiting()).toBe(2);
  desk.queue.wake(200);
  expect(desk.handled).toEqual([]);
  desk.block(false);
  desk.queue.wake(400);
  await desk.answer();
  expect(desk.handled).toEqual(['P00016', 'C0001X']);
});

test('the same code within a second counts once, for as long as it is read', async () => {
  const desk = openDesk();
  expect(desk.queue.push('P00016', 0)).toBe(true);
  expect(desk.queue.push('P00016', 600)).toBe(false);
  expect(desk.queue.push('P00016', 1_200)).toBe(false);
  expect(desk.queue.push('P00016', 2_300)).toBe(true);
  expect(desk.queue.push('P0002B', 2_400)).toBe(true);
  expect(desk.queue.push('P00016', 2_500)).toBe(true);
});

test('a scan that has waited for a minute is dropped with a word, and one that came later is not', async () => {
  const desk = openDesk();
  desk.block(true);
  desk.queue.push('P00016', 0);
  desk.queue.push('C0001V', 2_000);
  desk.queue.push('P0002B', 40_000);
  desk.queue.wake(59_999);
  expect([desk.waiting(), desk.expired()]).toEqual([3, 0]);
  desk.queue.wake(62_000);
  expect([desk.waiting(), desk.expired()]).toEqual([1, 1]);
  desk.block(false);
  desk.queue.wake(62_200);
  await desk.answer();
  expect(desk.handled).toEqual(['P0002B']);
});

test('a scan behind one that still waits for a PIN is dropped after a minute, too', async () => {
  const desk = openDesk();
  desk.queue.push('C0001V', 0);
  desk.queue.push('P00016', 2_000);
  desk.queue.wake(70_000);
  expect([desk.waiting(), desk.expired()]).toEqual([0, 1]);
  await desk.answer();
  expect(desk.handled).toEqual(['C0001V']);
});
