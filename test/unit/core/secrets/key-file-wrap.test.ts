import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyFileWrap } from '../../../../main/core/secrets/key-file-wrap.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-key-'));
  path = join(folder, 'new', 'vault.key');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const secret = Buffer.from('the key of the vault');

describe('the key file of a station without a desktop', () => {
  it('is made on first use, for this user alone, and opens what it closed after a new start', async () => {
    const wrapped = await createKeyFileWrap(path).wrap(secret);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path)).toHaveLength(32);
    expect(wrapped.includes(secret)).toBe(false);
    expect(await createKeyFileWrap(path).unwrap(wrapped)).toEqual(secret);
  });

  it('never wraps the same key to the same bytes', async () => {
    const wrap = createKeyFileWrap(path);
    const [one, two] = await Promise.all([wrap.wrap(secret), wrap.wrap(secret)]);
    expect(one).not.toEqual(two);
    expect(await wrap.unwrap(two)).toEqual(secret);
  });

  it.skipIf(process.platform === 'win32')(
    'is refused while others may read it, and taken once that is corrected',
    async () => {
      const wrapped = await createKeyFileWrap(path).wrap(secret);
      await chmod(path, 0o640);
      const wrap = createKeyFileWrap(path);
      await expect(wrap.unwrap(wrapped)).rejects.toThrow(
        `the key file ${path} can be read by others: run chmod 600 on it`,
      );
      await chmod(path, 0o600);
      expect(await wrap.unwrap(wrapped)).toEqual(secret);
    },
  );

  it('is refused when it is damaged', async () => {
    path = join(folder, 'vault.key');
    await writeFile(path, 'short', { mode: 0o600 });
    await expect(createKeyFileWrap(path).wrap(secret)).rejects.toThrow(/damaged: it has 5 bytes, not 32/);
  });

  it('says so when it is not the one that the vault was made with, or the vault was changed', async () => {
    const wrapped = await createKeyFileWrap(path).wrap(secret);
    const changed = Buffer.from(wrapped);
    changed.writeUInt8((wrapped.at(-1) ?? 0) ^ 1, wrapped.length - 1);
    const right = createKeyFileWrap(path);
    const other = createKeyFileWrap(join(folder, 'other.key'));
    await expect(other.unwrap(wrapped)).rejects.toThrow(/does not belong to this vault/);
    await expect(right.unwrap(changed)).rejects.toThrow(/does not belong to this vault/);
    await expect(right.unwrap(Buffer.alloc(3))).rejects.toThrow(/does not belong to this vault/);
    expect(await right.unwrap(wrapped)).toEqual(secret);
  });
});
