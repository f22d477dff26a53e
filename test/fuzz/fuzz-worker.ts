import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { allTargets } from './all-targets.ts';

/** The thread in which `npm run fuzz` feeds one target. */
const { name, seed, forMs, longestMs, counter } = z
  .object({
    name: z.string(),
    seed: z.number(),
    forMs: z.number(),
    longestMs: z.number(),
    counter: z.instanceof(Int32Array),
  })
  .parse(workerData);

const megabytes = (): number => process.memoryUsage().rss / 1_000_000;

const target = allTargets.find((each) => each.name === name);
if (target === undefined) throw new Error(`there is no target ${name}`);
const folder = await mkdtemp(join(tmpdir(), 'platen-fuzz-'));
try {
  const opened = await target.open(folder);
  // What has to be loaded and compiled first is no matter of an input.
  await opened.fuzz({ seed: seed + 1, runs: 50, forMs: null, longestMs: null });
  const before = megabytes();
  const plan = { seed, runs: Number.MAX_SAFE_INTEGER, forMs, longestMs };
  const outcome = await opened.fuzz({ ...plan, onInput: () => Atomics.add(counter, 0, 1) });
  await opened.close();
  parentPort?.postMessage({ ...outcome, grownMegabytes: Math.round(Math.max(0, megabytes() - before)) });
} finally {
  await rm(folder, { recursive: true, force: true });
}
