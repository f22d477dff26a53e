import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader, WriteTransaction } from './store.ts';
import { readStored } from './stored-json.ts';

/** Rows of the history that tell what the clock showed last. */
const latestRows = 500;
/** Nothing that an operator may still take back waits longer (see `signals.undoSeconds`). */
const longestUndoMs = 120_000;

const settledKey = 'clockSetBack';
/** The last rows that were there when the clock was last found to be set back: what they tell is settled. */
const settledRows = z.object({ eventId: z.number(), attemptId: z.number() }).catch({ eventId: 0, attemptId: 0 });

/** The latest moment that a clock of this station has shown, as far as it was written down; 0 for a new station. */
export const latestMomentMs = async (db: Reader): Promise<number> => {
  const row = await db.selectFrom('settings').select('valueJson').where('key', '=', settledKey).executeTakeFirst();
  const { eventId, attemptId } = readStored(settledRows, row?.valueJson ?? '{}');
  const { rows } = await sql<{ latestMs: number | null }>`SELECT max(at_ms) AS latest_ms FROM (
    SELECT at_ms FROM (SELECT at_ms FROM events WHERE id > ${eventId} ORDER BY id DESC LIMIT ${latestRows})
    UNION ALL SELECT at_ms FROM (SELECT at_ms FROM attempts WHERE id > ${attemptId} ORDER BY id DESC LIMIT ${latestRows})
    UNION ALL SELECT since_ms FROM channels UNION ALL SELECT last_reached_at_ms FROM channels
    UNION ALL SELECT last_swept_at_ms FROM sweeps
  )`.execute(db);
  return rows[0]?.latestMs ?? 0;
};

const noteSettled = async ({ db }: WriteTransaction): Promise<void> => {
  const [event, attempt] = await Promise.all([
    db.selectFrom('events').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst(),
    db.selectFrom('attempts').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst(),
  ]);
  const valueJson = JSON.stringify({ eventId: event?.id ?? 0, attemptId: attempt?.id ?? 0 });
  await db
    .insertInto('settings')
    .values({ key: settledKey, valueJson })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ valueJson }))
    .execute();
};

/**
 * What a clock that was ahead has planned for later is due at once: by the right time nobody would come to it for as
 * long as the clock was wrong. To do something too early costs a place in a budget; to do it too late loses it.
 */
export const planAnew = async (transaction: WriteTransaction, nowMs: number): Promise<void> => {
  const { db, touched } = transaction;
  const latestUndoMs = nowMs + longestUndoMs;
  const [signals, files] = await Promise.all([
    db
      .updateTable('outbox')
      .set({ nextAtMs: nowMs, undoUntilMs: null })
      .where('nextAtMs', '>', latestUndoMs)
      .returning('id')
      .execute(),
    db.updateTable('files').set({ nextAtMs: nowMs }).where('nextAtMs', '>', nowMs).returning('id').execute(),
    db.updateTable('handovers').set({ nextAtMs: nowMs }).where('nextAtMs', '>', nowMs).execute(),
    db
      .updateTable('sweeps')
      .set({ nextAtMs: nowMs, reconcileAtMs: nowMs })
      .where((is) => is.or([is('nextAtMs', '>', nowMs), is('reconcileAtMs', '>', nowMs)]))
      .execute(),
    db
      .updateTable('jobs')
      .set({ lastCheckedAtMs: nowMs, nextAtMs: sql`CASE WHEN next_at_ms > ${nowMs} THEN ${nowMs} ELSE next_at_ms END` })
      .where('lastCheckedAtMs', '>', nowMs)
      .execute(),
    db.updateTable('jobs').set({ lastCommandAtMs: nowMs }).where('lastCommandAtMs', '>', nowMs).execute(),
    db
      .updateTable('jobs')
      .set({ knownSinceMs: nowMs, nextAtMs: nowMs })
      .where('knownSinceMs', '>', nowMs)
      .where('nextAtMs', 'is not', null)
      .execute(),
    // What fails from now on would else seem to have begun before the channel fell.
    db.updateTable('channels').set({ sinceMs: nowMs }).where('sinceMs', '>', nowMs).execute(),
    db.updateTable('channels').set({ nextTryAtMs: nowMs }).where('nextTryAtMs', '>', nowMs).execute(),
    db.updateTable('channels').set({ lastReachedAtMs: nowMs }).where('lastReachedAtMs', '>', nowMs).execute(),
    db.updateTable('sweeps').set({ lastSweptAtMs: nowMs }).where('lastSweptAtMs', '>', nowMs).execute(),
    noteSettled(transaction),
    db.updateTable('actions').set({ undoUntilMs: nowMs }).where('undoUntilMs', '>', latestUndoMs).execute(),
  ]);
  for (const { id } of signals) touched.signals.add(id);
  for (const { id } of files) touched.files.add(id);
};
