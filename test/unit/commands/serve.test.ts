import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/core/ports/clock.ts';
import type { StationDeps } from '../../../main/core/station-face.ts';
import { createStandInStation, type StandInStation } from '../../contract/stand-in/stand-in-station.ts';
import { type Running, startPlaten } from './platen.ts';

let folder: string;
let data: string;
let station: StandInStation;
let given: StationDeps | null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-serve-'));
  data = join(folder, 'new', 'data');
  station = createStandInStation();
  given = null;
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const serve = (...args: readonly string[]): Running =>
  startPlaten(['serve', '--data', data, ...args], {
    currentFolder: folder,
    clock: systemClock,
    createStation: async (deps) => {
      given = deps;
      return station;
    },
  });

const ready = async (running: Running): Promise<string> => {
  await expect.poll(running.out, { timeout: 5000 }).toContain('\n');
  return running.out();
};

describe('platen serve', () => {
  it('prints one line with the address when it is ready, and tells the other commands where it is', async () => {
    const running = serve();
    expect(await ready(running)).toMatch(/^Platen is ready: http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}\n$/);
    expect((await stat(join(data, 'station.json'))).mode & 0o777).toBe(0o600);
    const status = await startPlaten(['status', '--json', '--data', data]).ended;
    expect(JSON.parse(status.out)).toMatchObject({ name: 'Site A' });

    running.interrupt();
    expect(await running.ended).toMatchObject({ exitCode: 0, err: '' });
    expect(station.life).toEqual(['started', 'stopped']);
    expect(await readdir(data)).toEqual(['logs']);
    expect(running.exitedAtOnce()).toBe(false);
  });

  it('gives the station its folder, its config and a key file of its own', async () => {
    await writeFile(join(folder, 'platen.json'), '{}');
    const running = serve('--config', 'platen.json', '--no-ui', '--json');
    const address: unknown = JSON.parse(await ready(running));
    expect(address).toMatchObject({ dataFolder: data, pid: process.pid, url: expect.stringContaining('127.0.0.1') });
    expect(given).toMatchObject({
      dataFolder: data,
      config: { text: '{}', path: join(folder, 'platen.json') },
      host: 'browser',
      version: '1.2.3',
    });
    await given?.keyWrap.wrap(Buffer.from('key'));
    expect((await stat(join(data, 'vault.key'))).mode & 0o777).toBe(0o600);
    running.interrupt();
    await running.ended;
  });

  it('stops in order when it is asked once, and exits at once when it is asked twice', async () => {
    let release = (): void => undefined;
    station.stop = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const running = serve();
    await ready(running);
    running.interrupt();
    await expect.poll(() => readdir(data)).not.toContain('station.json');
    expect(running.exitedAtOnce()).toBe(false);
    running.interrupt();
    expect(running.exitedAtOnce()).toBe(true);
    release();
    await running.ended;
  });

  it('may be asked to stop while it still starts', async () => {
    station.start = async () => running.interrupt();
    const running = serve();
    expect((await running.ended).exitCode).toBe(0);
    expect(station.life).toEqual(['stopped']);
  });

  it('says in one line why a station cannot be made, and writes it down', async () => {
    const running = startPlaten(['serve', '--data', data], {
      createStation: async () => Promise.reject(new Error('another station runs on this folder\nwith details')),
    });
    expect(await running.ended).toEqual({ exitCode: 1, out: '', err: 'platen: another station runs on this folder\n' });
    expect(await readFile(join(data, 'logs', 'platen.log'), 'utf8')).toContain('another station runs on this folder');
  });

  it('stops the station again when the port is taken', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => {
        const address = taken.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      }),
    );
    const running = serve('--ui-port', String(port));
    expect(await running.ended).toMatchObject({
      exitCode: 1,
      err: `platen: port ${port} of 127.0.0.1 cannot be used: choose another\n`,
    });
    expect(station.life).toEqual(['started', 'stopped']);
    await new Promise((resolve) => taken.close(resolve));
  });

  it('says in one line that the config file is not there, before anything is made', async () => {
    const running = serve('--config', 'none.json');
    expect((await running.ended).err).toBe(
      `platen: the config file ${folder}/none.json cannot be read: it does not exist\n`,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('says in one line that the folder cannot be made', async () => {
    await chmod(folder, 0o500);
    expect((await serve().ended).err).toMatch(/^platen: the data folder cannot be made: [^\n]+\n$/);
    await chmod(folder, 0o700);
  });
});

describe('a command without a station', () => {
  it('says in one line that none runs', async () => {
    const ran = await startPlaten(['status', '--data', data]).ended;
    expect(ran).toEqual({
      exitCode: 1,
      out: '',
      err: `platen: no station runs on ${data}: start it with platen serve, or name another with --data\n`,
    });
  });

  it('says in one line that the station went away without a farewell', async () => {
    await writeFile(
      join(folder, 'station.json'),
      JSON.stringify({
        pid: 1,
        url: 'http://127.0.0.1:9',
        token: 'x',
        version: '1',
        startedAt: '2026-07-01T09:00:00.000Z',
      }),
    );
    const ran = await startPlaten(['status', '--data', folder]).ended;
    expect(ran).toMatchObject({ exitCode: 1, out: '' });
    expect(ran.err).toBe(`platen: the station of ${folder} does not answer: it has stopped, or is starting anew\n`);
  });
});
