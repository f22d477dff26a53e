import { folderFailure } from './folder-failure.ts';
import type { HandOverOutcome } from './hand-over.ts';
import type { LaneContext, LaneDeps } from './lane-context.ts';
import { type LaneRow, undoneBy } from './lane-rows.ts';
import { confirmFolder } from './look-at-folder.ts';
import { finishUndo } from './undo.ts';

/**
 * At start: what a crash left open becomes due at once, as it stands. Its lane looks at it before anything new, and as
 * often as it takes until the folder can be looked at.
 */
export const makeLeftoversDue = ({ store, clock }: Pick<LaneDeps, 'store' | 'clock'>): Promise<void> =>
  store.write(async ({ db }) => {
    await db
      .updateTable('handovers')
      .set({ nextAtMs: clock.nowMs() })
      .where((where) =>
        where.or([
          where('state', '=', 'copying'),
          where.and([where('state', '=', 'sent'), where('leaseOwner', 'is not', null)]),
        ]),
      )
      .execute();
  });

/**
 * Decides what became of a hand-over that was left in the middle. The temporary name proves that nobody took the file;
 * the final name with the same content proves that it arrived; neither proves nothing, and a person is asked.
 */
const recoverHandOver = async (context: LaneContext, row: LaneRow, folder: string): Promise<HandOverOutcome> => {
  const { temporaryName, fileName, sha256 } = row;
  if (row.renaming === 0) {
    const removed = await context.disk.run('remove', { folder, temporaryName });
    return removed.kind === 'failed'
      ? { kind: 'folderFailed', failure: folderFailure(removed.code) }
      : { kind: 'startAgain' };
  }
  const found = await context.disk.run('inspect', { folder, temporaryName, fileName, sha256 });
  if (found.kind === 'failed') return { kind: 'unclear', failure: folderFailure(found.code) };
  if (found.value.temporary) {
    const removed = await context.disk.run('remove', { folder, temporaryName });
    return removed.kind === 'failed'
      ? { kind: 'unclear', failure: folderFailure(removed.code) }
      : { kind: 'startAgain' };
  }
  return found.value.final === 'same' ? { kind: 'sent', evidence: 'foundInFolder', fileName } : { kind: 'maybeSent' };
};

/** Recovers a row that a crash, a hang or a bug left in the middle; null when nothing is left to write down. */
export const recover = async (context: LaneContext, row: LaneRow): Promise<HandOverOutcome | null> => {
  const look = await confirmFolder(context);
  if (look.kind === 'failed') {
    const nothingNamed = row.state === 'copying' && row.renaming === 0;
    return { kind: nothingNamed ? 'folderFailed' : 'unclear', failure: look.failure };
  }
  const { path } = look.folder.settings;
  if (row.state === 'copying') return recoverHandOver(context, row, path);
  const by = undoneBy(row.leaseOwner);
  return by === null ? null : context.oneAtATime(() => finishUndo(context, row, path, by));
};
