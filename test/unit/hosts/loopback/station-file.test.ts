import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStationFile, removeStationFile, writeStationFile } from '../../../../main/hosts/loopback/station-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-station-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const running = {
  pid: 123,
  url: 'http://127.0.0.1:4000',
  token: 'ab'.repeat(32),
  version: '1.2.3',
  startedAt: '2026-07-01T09:00:00.000Z',
};

describe('station.json', () => {
  it('tells this user alone where the station is', async () => {
    await writeStationFile(folder, running);
    expect(await readStationFile(folder)).toEqual(running);
    expect((await stat(join(folder, 'station.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['station.json']);
  });

  it('is replaced as a whole by the next start', async () => {
    await writeStationFile(folder, running);
    await writeStationFile(folder, { ...running, pid: 124, token: 'cd'.repeat(32) });
    expect((await readStationFile(folder))?.pid).toBe(124);
  });

  it('leaves nothing of a station that was killed while it wrote it', async () => {
    await writeFile(join(folder, 'station.json.tmp'), '{"pid":');
    await writeStationFile(folder, running);
    expect(await readdir(folder)).toEqual(['station.json']);
    expect(await readStationFile(folder)).toEqual(running);
  });

  it('goes with the station that wrote it, not with an older one', async () => {
    await writeStationFile(folder, running);
    await removeStationFile(folder, 'ef'.repeat(32));
    expect(await readStationFile(folder)).toEqual(running);
    await removeStationFile(folder, running.token);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['', '{', '[]', '{"url":"http://127.0.0.1:1"}'])('counts as missing when it holds %j', async (text) => {
    await writeFile(join(folder, 'station.json'), text);
    expect(await readStationFile(folder)).toBeNull();
  });
});
