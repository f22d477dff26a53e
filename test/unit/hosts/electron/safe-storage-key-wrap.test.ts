import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createKeyFileWrap } from '../../../../main/core/secrets/key-file-wrap.ts';
import { chooseKeyWrap } from '../../../../main/hosts/electron/safe-storage-key-wrap.ts';
import { fakeElectron, resetElectron } from '../../../support/electron-fake.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

let folder: string;
let keyFile: string;

beforeEach(async () => {
  resetElectron();
  folder = await mkdtemp(path.join(tmpdir(), 'platen-keys-'));
  keyFile = path.join(folder, 'vault.key');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const choose = (platform: NodeJS.Platform = 'linux') => chooseKeyWrap({ keyFile, createKeyFileWrap, platform });

describe('the key of the vault', () => {
  test('is kept by the key store of the system when there is one', async () => {
    const wrap = await choose();
    const key = Buffer.from([0, 1, 254, 255]);
    const wrapped = await wrap.wrap(key);
    expect(wrap.kind).toBe('safe-storage');
    expect(wrapped.includes(key)).toBe(false);
    expect(await wrap.unwrap(wrapped)).toEqual(key);
  });

  test('is kept in a key file of its user alone when the system has no key store', async () => {
    fakeElectron.safeStorage.available = false;
    const wrap = await choose();
    expect(wrap.kind).toBe('key-file');
    await wrap.wrap(Buffer.alloc(32));
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  });

  test('is not given to a key store that protects nothing', async () => {
    fakeElectron.safeStorage.backend = 'basic_text';
    expect((await choose('linux')).kind).toBe('key-file');
  });

  test('stays with the key file of a station that has one, though a key store has come', async () => {
    await writeFile(keyFile, Buffer.alloc(32), { mode: 0o600 });
    expect((await choose()).kind).toBe('key-file');
  });

  test('needs no look at the back end on Windows, where there is only one', async () => {
    fakeElectron.safeStorage.backend = 'basic_text';
    expect((await choose('win32')).kind).toBe('safe-storage');
  });
});
