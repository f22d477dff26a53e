import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = pathToFileURL(resolve(import.meta.dirname, '../../../scripts/end-with-npm.mjs')).href;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-npm-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform === 'win32')('a station that npm runs', () => {
  it('is asked to stop when npm is gone', async () => {
    const farewell = join(folder, 'farewell');
    await writeFile(
      join(folder, 'station.mjs'),
      `import { writeFileSync } from 'node:fs';
import { endWithNpm } from ${JSON.stringify(script)};
endWithNpm();
const work = setInterval(() => {}, 1000);
process.once('SIGTERM', () => { clearInterval(work); writeFileSync(${JSON.stringify(farewell)}, 'stopped'); });
process.stdout.write('ready');`,
    );
    await writeFile(
      join(folder, 'npm.mjs'),
      `import { spawn } from 'node:child_process';
spawn(process.execPath, [${JSON.stringify(join(folder, 'station.mjs'))}], { stdio: 'inherit' });`,
    );
    const npm = spawn(process.execPath, [join(folder, 'npm.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, npm_lifecycle_event: 'platen' },
    });
    await once(npm.stdout, 'data');
    npm.kill('SIGKILL');
    await expect.poll(() => readFile(farewell, 'utf8').catch(() => ''), { timeout: 10_000 }).toBe('stopped');
  });
});
