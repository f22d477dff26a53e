import { spawn } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { electronObstacle, findElectron } from '../support/electron-binary.ts';
import { builtApp } from '../support/electron-build.ts';
import { packFor } from '../support/electron-pack.ts';

const electron = await findElectron();
const unfit = process.platform === 'linux' && process.arch === 'x64' ? null : ' (skipped: not Linux x64)';
const obstacle = unfit ?? electronObstacle(electron);

describe.skipIf(obstacle !== null)(`the packed app in real Electron${obstacle ?? ''}`, () => {
  let work: string;

  beforeAll(async () => {
    await builtApp();
    work = await mkdtemp(path.join(tmpdir(), 'platen-packed-'));
  }, 180_000);
  afterAll(() => rm(work, { recursive: true, force: true, maxRetries: 5 }));

  // Its fuses forbid every way of looking inside, so it is judged by what its database worker writes.
  test('starts its station: the workers load from inside the archive', async () => {
    const folder = await packFor({ platform: 'linux', electronFolder: electron?.folder ?? '', output: work });
    const data = path.join(work, 'data');
    const sandboxless = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const app = spawn(path.join(folder, 'platen'), ['--data', data, '--hidden', ...sandboxless], { stdio: 'ignore' });
    const ended = new Promise((resolve) => app.once('exit', resolve));
    try {
      const ready = vi.waitFor(() => access(path.join(data, 'platen.db')), { timeout: 30_000, interval: 200 });
      await expect(Promise.race([ready.then(() => 'ready'), ended.then(() => 'ended')])).resolves.toBe('ready');
    } finally {
      app.kill('SIGKILL');
      await ended;
    }
  }, 120_000);
});
