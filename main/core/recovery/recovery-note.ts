import { z } from 'zod';
import type { Reader, WriteTransaction } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

/** What a start found after a recovery. Orders are named `connection:externalId`. */
const recoveryReport = z.object({
  /** Read from the database that was set aside, and taken in again. */
  takenInAgain: z.array(z.string()),
  /** Known by name only: the platform has to send them again, or its list brings them. */
  missing: z.array(z.string()),
  heldItems: z.number(),
  maybeHandovers: z.number(),
  maybeCommands: z.number(),
  missingFiles: z.number(),
});
export type RecoveryReport = z.infer<typeof recoveryReport>;

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
  report: recoveryReport.nullable().default(null),
  /** A person has read the report. Until then each start shows it. */
  seen: z.boolean().default(false),
});
export type RecoveryNote = z.infer<typeof recoveryNote>;

/** A note on what just happened, which nobody has looked into yet. */
export const newRecoveryNote = (
  facts: Omit<RecoveryNote, 'handled' | 'doubtFolders' | 'report' | 'seen'>,
): RecoveryNote => ({ ...facts, handled: false, doubtFolders: [], report: null, seen: false });

/** Until when the database knows what was, for a person. */
export const knownUntilText = ({ knownUntilMs }: RecoveryNote): string =>
  `${new Date(knownUntilMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

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

/** A person has read the report. */
export const markRecoverySeen = async (transaction: WriteTransaction): Promise<void> => {
  const note = await readRecoveryNote(transaction.db);
  if (note !== null) await writeRecoveryNote(transaction, { ...note, seen: true });
};
