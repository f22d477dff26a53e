import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openFuzz } from '../../fuzz/fuzz-target.ts';

const plan = { seed: 1, runs: 1_000_000, forMs: 20, longestMs: 1_000 };

it('an input that is still being taken when the time is over is waited for, and judged', async () => {
  const broken = openFuzz(fc.constant('input'), async () => {
    await delay(100);
    throw new Error('too late');
  });
  expect((await broken.fuzz(plan)).failure).toMatch(/too late[\s\S]*seed 1, input "input"/u);
  const sound = openFuzz(fc.constant('input'), () => delay(100));
  expect(await sound.fuzz(plan)).toMatchObject({ inputs: 1, failure: null });
});
