import { safeStorage } from 'electron';
import { exists } from '../../core/ports/durable-files.ts';
import type { KeyWrap } from '../../core/ports/key-wrap.ts';

/** Wraps the vault's key with the system's key store: DPAPI, Keychain, libsecret or KWallet. */
const safeStorageKeyWrap: KeyWrap = {
  kind: 'safe-storage',
  wrap: async (key) => safeStorage.encryptString(key.toString('base64')),
  unwrap: async (wrapped) => Buffer.from(safeStorage.decryptString(wrapped), 'base64'),
};

/** `basic_text` is Chromium's fallback without a key store: a password that is the same on every machine. */
const protectsKeys = (platform: NodeJS.Platform): boolean =>
  safeStorage.isEncryptionAvailable() &&
  (platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text');

export interface KeyWrapChoice {
  readonly keyFile: string;
  readonly createKeyFileWrap: (path: string) => KeyWrap;
  readonly platform: NodeJS.Platform;
}

/**
 * The system's key store where it protects, else the key file. A station that has a key file stays with it: its vault
 * could not be opened by another kind. Call it when Electron is ready: before, the Linux key store is not known.
 */
export const chooseKeyWrap = async (choice: KeyWrapChoice): Promise<KeyWrap> =>
  !(await exists(choice.keyFile)) && protectsKeys(choice.platform)
    ? safeStorageKeyWrap
    : choice.createKeyFileWrap(choice.keyFile);
