import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { publish } from '../ports/durable-files.ts';
import type { KeyWrap } from '../ports/key-wrap.ts';

const vaultFile = z.object({
  version: z.literal(1),
  wrap: z.string(),
  wrappedKey: z.base64(),
  secrets: z.record(z.string(), z.object({ iv: z.base64(), tag: z.base64(), data: z.base64() })),
});
type VaultFile = z.infer<typeof vaultFile>;

/** A vault that cannot be opened: one line that says why. Its secrets must then be entered again. */
export class VaultError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VaultError';
  }
}

const encrypt = (key: Buffer, name: string, secret: string): VaultFile['secrets'][string] => {
  const iv = randomBytes(12);
  // The name is authenticated too, so that two secrets cannot change places in the file.
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
  const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
};

const decrypt = (key: Buffer, name: string, entry: VaultFile['secrets'][string]): string => {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(entry.iv, 'base64'), { authTagLength: 16 })
    .setAAD(Buffer.from(name))
    .setAuthTag(Buffer.from(entry.tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(entry.data, 'base64')), decipher.final()]).toString('utf8');
};

const readVaultFile = async (path: string): Promise<VaultFile | null> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new VaultError(`the vault ${path} cannot be read`);
  }
  try {
    return vaultFile.parse(JSON.parse(text));
  } catch {
    throw new VaultError(`the vault ${path} is damaged: move it away and enter the keys again`);
  }
};

/** The secrets made on the screens, encrypted at rest. They are decrypted once, at start, and leave the process never. */
export class Vault {
  readonly #path: string;
  readonly #wrap: KeyWrap;
  readonly #key: Buffer;
  readonly #wrappedKey: string;
  #secrets: ReadonlyMap<string, string>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    path: string,
    wrap: KeyWrap,
    key: Buffer,
    wrappedKey: string,
    secrets: ReadonlyMap<string, string>,
  ) {
    this.#path = path;
    this.#wrap = wrap;
    this.#key = key;
    this.#wrappedKey = wrappedKey;
    this.#secrets = secrets;
  }

  /** Opens the vault at `path`, or prepares an empty one. Throws a VaultError. */
  static async open(path: string, wrap: KeyWrap): Promise<Vault> {
    const file = await readVaultFile(path);
    if (file === null) {
      const key = randomBytes(32);
      return new Vault(path, wrap, key, (await wrap.wrap(key)).toString('base64'), new Map());
    }
    if (file.wrap !== wrap.kind) {
      throw new VaultError(
        `the vault ${path} was made under ${file.wrap}, this host protects it by ${wrap.kind}: open it there, or enter the keys again`,
      );
    }
    try {
      const key = await wrap.unwrap(Buffer.from(file.wrappedKey, 'base64'));
      const secrets = Object.entries(file.secrets).map(([name, entry]) => [name, decrypt(key, name, entry)] as const);
      return new Vault(path, wrap, key, file.wrappedKey, new Map(secrets));
    } catch {
      throw new VaultError(`the vault ${path} cannot be opened with this machine's key: enter the keys again`);
    }
  }

  get(name: string): string | null {
    return this.#secrets.get(name) ?? null;
  }

  /** Rejects when it could not be stored; then the secret before is still in force. */
  set(name: string, secret: string): Promise<void> {
    return this.#change((secrets) => {
      secrets.set(name, secret);
      return true;
    });
  }

  delete(name: string): Promise<void> {
    return this.#change((secrets) => secrets.delete(name));
  }

  /** One change after another: each writes the whole file. `change` answers whether there is anything to write. */
  #change(change: (secrets: Map<string, string>) => boolean): Promise<void> {
    const changed = this.#writing.then(async () => {
      const secrets = new Map(this.#secrets);
      if (!change(secrets)) return;
      await this.#write(secrets);
      this.#secrets = secrets;
    });
    this.#writing = changed.catch(() => undefined);
    return changed;
  }

  async #write(secrets: ReadonlyMap<string, string>): Promise<void> {
    const content: VaultFile = {
      version: 1,
      wrap: this.#wrap.kind,
      wrappedKey: this.#wrappedKey,
      secrets: Object.fromEntries([...secrets].map(([name, secret]) => [name, encrypt(this.#key, name, secret)])),
    };
    const temporary = `${this.#path}.new`;
    await writeFile(temporary, JSON.stringify(content), { mode: 0o600 });
    await publish(temporary, this.#path);
  }
}
