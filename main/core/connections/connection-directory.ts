import type { Platform } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { RateLimit } from '../work/rate-budget.ts';
import { type CommonSettings, commonSettings } from './common-settings.ts';

/** A connection ready for use: its platform, its checked settings, and its secrets by name. */
export interface LiveConnection {
  readonly id: string;
  readonly platform: Platform;
  readonly settings: unknown;
  readonly common: CommonSettings;
  readonly rate: RateLimit;
  readonly fromConfig: boolean;
  secret(name: string): string | null;
}

export interface ConnectionDirectoryDeps {
  readonly store: Store;
  readonly platforms: readonly Platform[];
  readonly secret: (connectionId: string, name: string) => string | null;
}

const definedOnly = (rate: NonNullable<CommonSettings['rate']> | Record<string, never>): Partial<RateLimit> =>
  Object.fromEntries(Object.entries(rate).filter(([, value]) => value !== undefined));

/** The connections in use, kept in memory because every loop asks for them; `reload()` after a change in the table. */
export class ConnectionDirectory {
  readonly #deps: ConnectionDirectoryDeps;
  #connections: ReadonlyMap<string, LiveConnection> = new Map();

  constructor(deps: ConnectionDirectoryDeps) {
    this.#deps = deps;
  }

  find(id: string): LiveConnection | null {
    return this.#connections.get(id) ?? null;
  }

  all(): readonly LiveConnection[] {
    return [...this.#connections.values()];
  }

  platform(id: string): Platform | null {
    return this.#deps.platforms.find((platform) => platform.id === id) ?? null;
  }

  async reload(): Promise<void> {
    const rows = await this.#deps.store.read.selectFrom('connections').selectAll().orderBy('id').execute();
    const live = rows.flatMap((row) => {
      const platform = this.platform(row.platform);
      // A platform that this version does not know keeps its rows; it only does nothing.
      if (platform === null) return [];
      const raw: unknown = JSON.parse(row.settingsJson);
      const common = commonSettings.safeParse(raw);
      const settings = platform.settingsSchema.safeParse(raw);
      const issue = (common.error ?? settings.error)?.issues[0];
      if (!common.success || !settings.success) {
        const place = issue?.path.join('.') || 'settings';
        throw new Error(`the stored settings of connection ${row.id} cannot be used: ${place}: ${issue?.message}`);
      }
      const connection: LiveConnection = {
        id: row.id,
        platform,
        settings: settings.data,
        common: common.data,
        rate: { ...platform.defaultBudget, ...definedOnly(common.data.rate ?? {}) },
        fromConfig: row.fromConfig === 1,
        secret: (name) => this.#deps.secret(row.id, name),
      };
      return [[row.id, connection] as const];
    });
    this.#connections = new Map(live);
  }
}
