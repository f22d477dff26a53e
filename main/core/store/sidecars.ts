/** What SQLite keeps beside a database that is open: the commits that it has not taken over yet, and the index of those. */
export const sidecars = ['-wal', '-shm'] as const;

/** The write-ahead log of a database. */
export const logOf = (database: string): string => `${database}-wal`;
