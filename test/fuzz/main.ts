import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { allTargets } from './all-targets.ts';

/**
 * `npm run fuzz -- --seconds N --seed S`: feeds every target for so long, prints a table, and exits 1 when an input broke
 * something, took longer than 100 ms three times, hung, or filled the memory.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
  },
});
const { seconds, seed } = z
  .object({ seconds: z.coerce.number().positive(), seed: z.coerce.number().int() })
  .parse(values);

const longestMs = 100;
const mostGrowthMegabytes = 1_024;
/** Without a new input for so long, a target hangs. */
const hangsAfterMs = 30_000;

const report = z.object({
  inputs: z.number(),
  slowestMs: z.number(),
  grownMegabytes: z.number(),
  failure: z.string().nullable(),
});
type Report = z.infer<typeof report>;

const nothing = { inputs: 0, slowestMs: 0, grownMegabytes: 0 };

/** Runs one target in a thread of its own, which can be ended when it hangs. */
const runTarget = (name: string): Promise<Report> =>
  new Promise((resolve) => {
    // Counts the inputs, where the thread cannot answer any more.
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
      workerData: { name, seed, forMs: seconds * 1_000, longestMs, counter },
    });
    let last = -1;
    const watch = setInterval(() => {
      const inputs = Atomics.load(counter, 0);
      if (inputs === last) end({ ...nothing, inputs, failure: `hangs at input ${inputs} of seed ${seed}` });
      last = inputs;
    }, hangsAfterMs);
    const end = (outcome: Report): void => {
      clearInterval(watch);
      void worker.terminate().then(() => resolve(outcome));
    };
    worker.once('message', (message) => end(report.parse(message)));
    worker.once('error', (error) => end({ ...nothing, failure: `left behind: ${error.stack ?? error.message}` }));
  });

const row = (cells: readonly (string | number)[]): string =>
  `${String(cells[0]).padEnd(36)}${cells
    .slice(1)
    .map((cell) => String(cell).padStart(14))
    .join('')}\n`;

process.stdout.write(row(['target', 'inputs', 'slowest ms', 'grown MB', 'result']));
const failures: string[] = [];
for (const { name } of allTargets) {
  if (values.target !== undefined && values.target !== name) continue;
  const { inputs, slowestMs, grownMegabytes, failure } = await runTarget(name);
  const isTooMuch = grownMegabytes > mostGrowthMegabytes;
  const wrong = failure ?? (isTooMuch ? `the memory grew by ${grownMegabytes} MB` : null);
  if (wrong !== null) failures.push(`${name}: ${wrong}`);
  process.stdout.write(row([name, inputs, Math.round(slowestMs), grownMegabytes, wrong === null ? 'held' : 'BROKEN']));
}
for (const failure of failures) process.stdout.write(`\n${failure}\n`);
process.exit(failures.length === 0 ? 0 : 1);
