import { readOptions } from './options.ts';
import { reportOf } from './report.ts';
import { runTorture } from './run.ts';

/** `npm run torture -- --minutes N --seed S`: exits 1 when anything was lost, and then keeps the folder. */
const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(options);
  process.exit(2);
}
const startedAtMs = Date.now();
const result = await runTorture(options, (line) => {
  process.stdout.write(`${String(Math.round((Date.now() - startedAtMs) / 1000)).padStart(5)} s  ${line}\n`);
});
const isLost = result.losses.length > 0;
process.stdout.write(`\n${reportOf(result)}`);
await result.close(isLost);
if (isLost) process.stdout.write(`kept: ${result.folder}\n`);
process.exit(isLost ? 1 : 0);
