import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runDownloadsBench } from './downloads.ts';
import { runIntakeBench } from './intake.ts';
import { runIntakeAttackBench } from './intake-attack.ts';
import { runOutboxBench } from './outbox.ts';
import { runScreensBench } from './screens.ts';

/**
 * `npm run bench [intake] [intake-attack] [outbox] [downloads] [screens]`: measures, prints tables, and writes `out/bench.json`.
 * `npm run bench -- screens --seconds 20 --orders 20000` is a shorter look at the screens.
 */
const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    orders: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '3' },
  },
});
const benches = {
  intake: runIntakeBench,
  'intake-attack': () => runIntakeAttackBench({ seconds: Math.min(15, Number(values.seconds)) }),
  outbox: runOutboxBench,
  downloads: runDownloadsBench,
  screens: () =>
    runScreensBench({
      orders: Number(values.orders),
      seconds: Number(values.seconds),
      runs: Number(values.runs),
    }),
} as const;
const all = ['intake', 'intake-attack', 'outbox', 'downloads', 'screens'] as const;

const isBench = (name: string): name is keyof typeof benches => Object.hasOwn(benches, name);
const unknown = asked.find((name) => !isBench(name));
if (unknown !== undefined) {
  process.stderr.write(`there is no bench ${unknown}: ${all.join(', ')}\n`);
  process.exit(1);
}
const chosen = asked.length === 0 ? all : asked.filter(isBench);

const results: Record<string, unknown> = { node: process.version, at: new Date().toISOString() };
for (const name of chosen) {
  process.stdout.write(`${name} …\n`);
  const result = await benches[name]();
  results[name] = result;
  for (const [key, value] of Object.entries(result)) {
    process.stdout.write(`  ${key.padEnd(24)} ${typeof value === 'object' ? JSON.stringify(value) : value}\n`);
  }
}
const folder = join(import.meta.dirname, '..', '..', 'out');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write(`\nwritten to ${join(folder, 'bench.json')}\n`);
