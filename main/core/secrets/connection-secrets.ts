import type { Vault } from './vault.ts';

export type SecretState = 'missing' | 'stored' | 'fromConfig';

/** The secrets of connections: those of the config file are in memory and win, the others lie in the vault. */
export class ConnectionSecrets {
  readonly #vault: Vault;
  readonly #declared = new Map<string, string>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  declare(connectionId: string, secrets: Readonly<Record<string, string>>): void {
    for (const [name, secret] of Object.entries(secrets)) this.#declared.set(`${connectionId}/${name}`, secret);
  }

  get(connectionId: string, name: string): string | null {
    const full = `${connectionId}/${name}`;
    return this.#declared.get(full) ?? this.#vault.get(full);
  }

  state(connectionId: string, name: string): SecretState {
    const full = `${connectionId}/${name}`;
    if (this.#declared.has(full)) return 'fromConfig';
    return this.#vault.get(full) === null ? 'missing' : 'stored';
  }

  async set(connectionId: string, secrets: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, secret] of Object.entries(secrets)) await this.#vault.set(`${connectionId}/${name}`, secret);
  }

  async forget(connectionId: string, names: readonly string[]): Promise<void> {
    for (const name of names) await this.#vault.delete(`${connectionId}/${name}`);
  }
}
