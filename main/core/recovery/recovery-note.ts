import { z } from 'zod';
import type { Reader, WriteTransaction } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

/**
 * Written into a database that came back from an earlier moment, so that the next start knows what to doubt. It stays
 * there, marked as handled, until the next recovery.
 */
export const recoveryNote = z.object({
  /** `backup`: restored from one. `cutLog`: the database itself, without the end of its write-ahead log. */
  kind: z.enum(['backup', 'cutLog']),
  atMs: z.number(),
  /** What it knows is not later than this. */
  knownUntilMs: z.number(),
  /** The file that it was restored from; empty for `cutLog`. */
  from: z.string(),
  /** Where what was there before lies now. */
  setAside: z.string(),
  /** Why: one line. */
  cause: z.string(),
  handled: z.boolean(),
  /**
   * Folders of files, as `connection/order`, that no order had when it came back: what comes for them may have been
   * printed already.
   */
  doubtFolders: z.array(z.string()).default([]),
});
export type RecoveryNote = z.infer<typeof recoveryNote>;

const noteKey = 'recovery';

export const readRecoveryNote = async (db: Reader): Promise<RecoveryNote | null> => {
  const row = await db.selectFrom('settings').select('valueJson').where('key', '=', noteKey).executeTakeFirst();
  return row === undefined ? null : readStored(recoveryNote.nullable().catch(null), row.valueJson);
};

export const writeRecoveryNote = async ({ db }: WriteTransaction, note: RecoveryNote): Promise<void> => {
  const valueJson = JSON.stringify(note);
  await db
    .insertInto('settings')
    .values({ key: noteKey, valueJson })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ valueJson }))
    .execute();
};
