import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runDownloadsBench } from './downloads.ts';
import { runIntakeBench } from './intake.ts';
import { runOutboxBench } from './outbox.ts';

/** `npm run bench [intake] [outbox] [downloads]`: measures, prints tables, and writes `out/bench.json`. */
const benches = { intake: runIntakeBench, outbox: runOutboxBench, downloads: runDownloadsBench } as const;

const isBench = (name: string): name is keyof typeof benches => Object.hasOwn(benches, name);
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !isBench(name));
if (unknown !== undefined) {
  process.stderr.write(`there is no bench ${unknown}: ${Object.keys(benches).join(', ')}\n`);
  process.exit(1);
}
const chosen = asked.length === 0 ? (['intake', 'outbox', 'downloads'] as const) : asked.filter(isBench);

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
