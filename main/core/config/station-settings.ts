import { resolve } from 'node:path';
import { z } from 'zod';
import { type StationSettings, stationSettings } from '../../contract/station.ts';
import type { Store } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';
import type { ConfigFile } from './config-file.ts';

/** What a new station starts with. The intake is off until a person or the config file turns it on. */
export const defaultSettings: StationSettings = {
  name: 'Platen',
  intake: { enabled: false, host: '127.0.0.1', port: 8750, publicUrl: '' },
  files: {
    folder: 'files',
    nameTemplate: '{order}_{item}_{role}_{copies}x',
    concurrency: 4,
    perHostConcurrency: 4,
    bandwidthBytesPerSecond: 0,
    minimumFreeBytes: 500_000_000,
    keepDaysAfterShipped: 30,
    keepDaysWhenFull: 7,
  },
  signals: { undoSeconds: 15 },
};

const settingsKey = 'station';
const filesFolderKey = 'filesFolder';

/** The groups of settings that the config file decides: shown, not edited. */
export const lockedByConfig = (config: ConfigFile | null): string[] =>
  (['name', 'intake', 'files', 'signals'] as const).filter((group) => config?.[group] !== undefined);

/** What was saved, by this version or an older one that knew fewer settings. */
const savedSettings = z
  .object({
    name: stationSettings.shape.name,
    intake: stationSettings.shape.intake.partial(),
    files: stationSettings.shape.files.partial(),
    signals: stationSettings.shape.signals.partial(),
  })
  .partial();

/** Defaults, overlaid by what was saved, overlaid by the config file. */
const overlay = (saved: z.infer<typeof savedSettings>, config: ConfigFile | null): StationSettings =>
  stationSettings.parse({
    name: config?.name ?? saved.name ?? defaultSettings.name,
    intake: { ...defaultSettings.intake, ...saved.intake, ...config?.intake },
    files: { ...defaultSettings.files, ...saved.files, ...config?.files },
    signals: { ...defaultSettings.signals, ...saved.signals, ...config?.signals },
  });

/** The station's settings in force, kept in memory; `save` writes them and puts them in force. */
export class SettingsBook {
  readonly #store: Store;
  readonly #config: ConfigFile | null;
  /** Absolute. Changed settings put another one in force at the next start. */
  readonly filesFolder: string;
  #current: StationSettings;

  private constructor(store: Store, config: ConfigFile | null, dataFolder: string, current: StationSettings) {
    this.#store = store;
    this.#config = config;
    this.filesFolder = resolve(dataFolder, current.files.folder);
    this.#current = current;
  }

  static async open(store: Store, config: ConfigFile | null, dataFolder: string): Promise<SettingsBook> {
    const row = await store.read
      .selectFrom('settings')
      .select('valueJson')
      .where('key', '=', settingsKey)
      .executeTakeFirst();
    const saved = readStored(savedSettings.catch({}), row?.valueJson ?? '{}');
    return new SettingsBook(store, config, dataFolder, overlay(saved, config));
  }

  /** Writes down where the files lie, for whoever checks the data folder without the config file. */
  async noteFilesFolder(): Promise<void> {
    const valueJson = JSON.stringify(this.filesFolder);
    await this.#store.write(async ({ db }) => {
      await db
        .insertInto('settings')
        .values({ key: filesFolderKey, valueJson })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ valueJson }))
        .execute();
    });
  }

  get current(): StationSettings {
    return this.#current;
  }

  get locked(): string[] {
    return lockedByConfig(this.#config);
  }

  async save(settings: StationSettings): Promise<void> {
    const valueJson = JSON.stringify(settings);
    await this.#store.write(async ({ db }) => {
      await db
        .insertInto('settings')
        .values({ key: settingsKey, valueJson })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ valueJson }))
        .execute();
    });
    this.#current = overlay(settings, this.#config);
  }
}
