import { spine } from './0001-spine.ts';
import { jobs } from './0002-jobs.ts';
import { floor } from './0003-floor.ts';
import { retention } from './0004-retention.ts';
import { todayAndSearch } from './0005-today-and-search.ts';

/** One numbered step of the schema, run in a transaction of its own. */
export interface Migration {
  readonly number: number;
  readonly statements: readonly string[];
}

/** Append only: a step that has shipped never changes. */
export const migrations: readonly Migration[] = [spine, jobs, floor, retention, todayAndSearch];
