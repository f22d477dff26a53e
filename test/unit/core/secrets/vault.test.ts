import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeyWrap } from '../../../../main/core/ports/key-wrap.ts';
import { ConnectionSecrets } from '../../../../main/core/secrets/connection-secrets.ts';
import { Vault, VaultError } from '../../../../main/core/secrets/vault.ts';
import { createFakeKeyWrap, fakeKeyWrap } from '../../../support/fake-key-wrap.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const newPath = async (): Promise<string> => join(await temporaryFolder(), 'vault.json');

const refusalOf = async (path: string, wrap: KeyWrap = fakeKeyWrap): Promise<string> => {
  const error: unknown = await Vault.open(path, wrap).catch((reason: unknown) => reason);
  if (!(error instanceof VaultError)) throw new Error('the vault was opened');
  expect(error.message).toMatch(/^the vault \/[^\n]+$/);
  return error.message;
};

interface VaultJson {
  secrets: Record<string, { iv: string; tag: string; data: string }>;
}

const edit = async (path: string, change: (vault: VaultJson) => void): Promise<void> => {
  const vault: VaultJson = JSON.parse(await readFile(path, 'utf8'));
  change(vault);
  await writeFile(path, JSON.stringify(vault));
};

describe('the vault', () => {
  it('gives back what was put in, also after a new start', async () => {
    const path = await newPath();
    const vault = await Vault.open(path, fakeKeyWrap);
    await vault.set('shop/orderKey', 's3cret-öäü');
    await vault.set('shop/signalKey', 'other');
    await vault.delete('shop/signalKey');
    const next = await Vault.open(path, fakeKeyWrap);
    expect(next.get('shop/orderKey')).toBe('s3cret-öäü');
    expect(next.get('shop/signalKey')).toBeNull();
    expect(next.get('never there')).toBeNull();
  });

  it('can be read by its owner only, and nobody reads a secret or the key in it', async () => {
    const path = await newPath();
    let key = Buffer.alloc(0);
    const watching: KeyWrap = {
      ...fakeKeyWrap,
      wrap: (plain) => {
        key = Buffer.from(plain);
        return fakeKeyWrap.wrap(plain);
      },
    };
    await (await Vault.open(path, watching)).set('shop/orderKey', 'correct-horse-battery');
    const bytes = await readFile(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const forms = ['correct-horse', key.toString('base64'), key.toString('hex')];
    for (const form of [...forms, Buffer.from('correct-horse-battery').toString('base64')]) {
      expect(bytes.includes(form)).toBe(false);
    }
    expect(bytes.includes('shop/orderKey')).toBe(true);
  });

  it('keeps all of many changes at once', async () => {
    const path = await newPath();
    const vault = await Vault.open(path, fakeKeyWrap);
    await Promise.all(Array.from({ length: 20 }, (_, index) => vault.set(`k${index}`, `v${index}`)));
    const next = await Vault.open(path, fakeKeyWrap);
    expect(Array.from({ length: 20 }, (_, index) => next.get(`k${index}`))).toEqual(
      Array.from({ length: 20 }, (_, index) => `v${index}`),
    );
  });

  it('keeps the old secret in force when the new one cannot be stored', async () => {
    const folder = await temporaryFolder();
    const vault = await Vault.open(join(folder, 'gone', 'vault.json'), fakeKeyWrap);
    await expect(vault.set('k', 'v')).rejects.toThrow();
    expect(vault.get('k')).toBeNull();
  });

  it('is refused under another kind of protection, another key, or damaged', async () => {
    const path = await newPath();
    await (await Vault.open(path, fakeKeyWrap)).set('shop/orderKey', 's3cret');
    expect(await refusalOf(path, createFakeKeyWrap('keychain'))).toMatch(
      /was made under fake, this host protects it by keychain/,
    );
    expect(await refusalOf(path, createFakeKeyWrap('fake', 0x11))).toMatch(/cannot be opened with this machine's key/);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, text.length / 2));
    expect(await refusalOf(path)).toMatch(/is damaged/);
    await writeFile(path, '{"version":2}');
    expect(await refusalOf(path)).toMatch(/is damaged/);
  });

  it('notices when two secrets changed places, or one was cut', async () => {
    const path = await newPath();
    const vault = await Vault.open(path, fakeKeyWrap);
    await vault.set('a', 'first');
    await vault.set('b', 'other');
    const sound = await readFile(path, 'utf8');
    await edit(path, ({ secrets }) => {
      const { a, b } = secrets;
      if (a === undefined || b === undefined) throw new Error('not there');
      Object.assign(secrets, { a: b, b: a });
    });
    expect(await refusalOf(path)).toMatch(/cannot be opened/);
    await writeFile(path, sound);
    await edit(path, ({ secrets }) => {
      if (secrets.a === undefined) throw new Error('not there');
      secrets.a.tag = Buffer.from(secrets.a.tag, 'base64').subarray(0, 4).toString('base64');
    });
    expect(await refusalOf(path)).toMatch(/cannot be opened/);
  });
});

describe('the secrets of connections', () => {
  it('of the config file win and are in memory only', async () => {
    const path = await newPath();
    const secrets = new ConnectionSecrets(await Vault.open(path, fakeKeyWrap));
    await secrets.set('shop', { orderKey: 'stored', signalKey: 'stored too' });
    secrets.declare('shop', { orderKey: 'declared' });
    expect(secrets.get('shop', 'orderKey')).toBe('declared');
    expect(secrets.state('shop', 'orderKey')).toBe('fromConfig');
    expect(secrets.state('shop', 'signalKey')).toBe('stored');
    expect(secrets.state('shop', 'third')).toBe('missing');
    expect((await Vault.open(path, fakeKeyWrap)).get('shop/orderKey')).toBe('stored');
    await secrets.forget('shop', ['signalKey', 'third']);
    expect(secrets.state('shop', 'signalKey')).toBe('missing');
  });

  it('of one connection are not those of another', async () => {
    const secrets = new ConnectionSecrets(await Vault.open(await newPath(), fakeKeyWrap));
    await secrets.set('a', { key: 'of a' });
    expect(secrets.get('b', 'key')).toBeNull();
  });
});
