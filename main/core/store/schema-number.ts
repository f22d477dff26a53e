import type { Migration } from './migrations/migrations.ts';

/** No Platen ever had such a number: the header was written by something else. */
const unlikelySchema = 10_000;

export const newestSchema = (migrations: readonly Migration[]): number => migrations.at(-1)?.number ?? 0;

/** What a database's `user_version` says of who wrote it. */
export const standingOfSchema = (schema: number, migrations: readonly Migration[]): 'known' | 'newer' | 'senseless' => {
  if (schema < 0 || schema > unlikelySchema) return 'senseless';
  return schema > newestSchema(migrations) ? 'newer' : 'known';
};
