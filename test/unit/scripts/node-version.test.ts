import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = resolve(import.meta.dirname, '../../../scripts/node-version.mjs');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-node-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs a script that checks first, on a Node that claims to be this version. */
const runOn = async (
  version: string,
): Promise<{ readonly out: string; readonly err: string; readonly failed: boolean }> => {
  const claim = join(folder, 'claim.cjs');
  await writeFile(claim, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
  const main = join(folder, 'main.mjs');
  await writeFile(main, `import ${JSON.stringify(pathToFileURL(script).href)};\nimport './next.mjs';`);
  await writeFile(join(folder, 'next.mjs'), "process.stdout.write('loaded');");
  return new Promise((settle) => {
    execFile(process.execPath, ['--require', claim, main], (error, out, err) =>
      settle({ out, err, failed: error !== null }),
    );
  });
};

describe('a script on an older Node', () => {
  it('ends with one line before anything else is loaded', async () => {
    const { out, err, failed } = await runOn('20.20.2');
    expect({ out, failed }).toEqual({ out: '', failed: true });
    expect(err).toMatch(/^This needs Node 24; here is 20\.20\.2\. [^\n]+\n$/);
  });

  it.each(['24.0.0', '26.1.0'])('goes on with %s', async (version) => {
    expect(await runOn(version)).toEqual({ out: 'loaded', err: '', failed: false });
  });
});
