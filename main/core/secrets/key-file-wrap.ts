import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../ports/durable-files.ts';
import type { KeyWrap } from '../ports/key-wrap.ts';

const cipher = 'aes-256-gcm';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
/** First byte of what is wrapped: the form of the rest. */
const formatVersion = 1;

/** Protects the vault's key with a key file that only this user can read, made on first use. Rejects with one clear line. */
export const createKeyFileWrap = (path: string): KeyWrap => {
  let loading: Promise<Buffer> | null = null;
  const key = (): Promise<Buffer> => {
    loading ??= loadOrMakeKey(path).catch((error: unknown) => {
      loading = null; // A corrected file must be usable without a new start.
      throw error;
    });
    return loading;
  };
  return {
    kind: 'key-file',
    wrap: async (plain) => {
      const iv = randomBytes(ivBytes);
      const encryption = createCipheriv(cipher, await key(), iv);
      const sealed = Buffer.concat([encryption.update(plain), encryption.final()]);
      return Buffer.concat([Buffer.from([formatVersion]), iv, encryption.getAuthTag(), sealed]);
    },
    unwrap: async (wrapped) => {
      const secret = await key();
      const iv = wrapped.subarray(1, 1 + ivBytes);
      const tag = wrapped.subarray(1 + ivBytes, 1 + ivBytes + tagBytes);
      try {
        if (wrapped[0] !== formatVersion) throw new Error('unknown form');
        const decryption = createDecipheriv(cipher, secret, iv, { authTagLength: tagBytes });
        decryption.setAuthTag(tag);
        return Buffer.concat([decryption.update(wrapped.subarray(1 + ivBytes + tagBytes)), decryption.final()]);
      } catch {
        throw new Error(`the key file ${path} does not belong to this vault: put back the file it was made with`);
      }
    },
  };
};

const loadOrMakeKey = async (path: string): Promise<Buffer> => (await readKey(path)) ?? (await makeKey(path));

/** The key; null when there is no file yet. */
const readKey = async (path: string): Promise<Buffer | null> => {
  const file = await openOrNull(path, 'r');
  if (file === null) return null;
  try {
    const { mode } = await file.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new Error(`the key file ${path} can be read by others: run chmod 600 on it`);
    }
    const key = await file.readFile();
    if (key.length !== keyBytes) throw new Error(`the key file ${path} is damaged: it has ${key.length} bytes, not 32`);
    return key;
  } finally {
    await file.close();
  }
};

const makeKey = async (path: string): Promise<Buffer> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const key = randomBytes(keyBytes);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(key);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(folder);
  return key;
};

const openOrNull = async (path: string, flags: string): Promise<FileHandle | null> => {
  try {
    return await open(path, flags);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};
