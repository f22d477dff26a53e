import { join } from 'node:path';

/** Where the database and what belongs to its recovery lie in a data folder. */
export interface DataPlaces {
  readonly database: string;
  readonly backups: string;
  /** Databases that were replaced, each in a folder named by the moment. Nothing deletes them. */
  readonly setAside: string;
  /** A restore under way. */
  readonly restoring: string;
}

export const placesIn = (dataFolder: string): DataPlaces => ({
  database: join(dataFolder, 'platen.db'),
  backups: join(dataFolder, 'backups'),
  setAside: join(dataFolder, 'set-aside'),
  restoring: join(dataFolder, 'restoring'),
});

/** Beside the database: what it has not taken over from its log yet, and the index of that. */
export const sidecars = ['-wal', '-shm'] as const;
