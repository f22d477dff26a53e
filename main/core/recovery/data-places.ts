import { join } from 'node:path';

/** Where the database and what belongs to its recovery lie in a data folder. */
export interface DataPlaces {
  readonly database: string;
  readonly backups: string;
  /** Databases that were replaced, each in a folder named by the moment. Nothing deletes them. */
  readonly setAside: string;
  /** A restore under way. */
  readonly restoring: string;
  /** The copy that is to take the place of the database. */
  readonly restoredCopy: string;
  /** Written once that copy is complete: from then on the restore is only ever finished. */
  readonly restoreCommit: string;
}

/** A database's name, in the data folder and in each folder that one was set aside in. */
export const databaseName = 'platen.db';

export const placesIn = (dataFolder: string): DataPlaces => ({
  database: join(dataFolder, databaseName),
  backups: join(dataFolder, 'backups'),
  setAside: join(dataFolder, 'set-aside'),
  restoring: join(dataFolder, 'restoring'),
  restoredCopy: join(dataFolder, 'restoring', databaseName),
  restoreCommit: join(dataFolder, 'restoring', 'commit.json'),
});
