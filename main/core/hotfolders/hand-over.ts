import { join } from 'node:path';
import type { Evidence } from '../../contract/history.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { type FolderFailure, folderFailure } from './folder-failure.ts';
import { addNotes } from './handover-notes.ts';
import type { HotFolder } from './hot-folder-records.ts';
import { knownMisfit } from './known-misfit.ts';
import type { LaneContext } from './lane-context.ts';
import { isCalledOff, type LaneRow, laneRow } from './lane-rows.ts';
import { confirmFolder } from './look-at-folder.ts';
import { awaitedOutcomes } from './note-outcomes.ts';
import { outcomeFoldersOf, readsOutcomes } from './presets.ts';

/** What came of a try. `settle-hand-over.ts` writes it down. */
export type HandOverOutcome =
  | { readonly kind: 'sent'; readonly evidence: Evidence; readonly fileName: string }
  /** Nothing lies there: the file goes from the start. */
  | { readonly kind: 'startAgain' }
  /** Held or cancelled before anything could be taken. */
  | { readonly kind: 'calledOff' }
  /** A person called it off while it was copied; that is written down already. */
  | { readonly kind: 'alreadyCalledOff' }
  /** The folder failed before the final name was given. */
  | { readonly kind: 'folderFailed'; readonly failure: FolderFailure }
  /** The folder failed when it may have given the final name: it must be looked at before anything else is done. */
  | { readonly kind: 'unclear'; readonly failure: FolderFailure }
  /** Gone from both names after a crash: a person must say. */
  | { readonly kind: 'maybeSent' }
  /** Routed by the station, and now known not to fit the folder. */
  | { readonly kind: 'misfit'; readonly message: string }
  | { readonly kind: 'failedHere'; readonly message: string }
  | { readonly kind: 'problem'; readonly message: string };

const failedBeforeName = (code: string): HandOverOutcome => {
  const failure = folderFailure(code);
  if (failure.kind === 'file') return { kind: 'problem', message: failure.message };
  if (failure.kind === 'local') return { kind: 'failedHere', message: failure.message };
  return { kind: 'folderFailed', failure };
};

/** Copies the file under its temporary name; null once it lies there, flushed and compared. */
const stage = async (context: LaneContext, row: LaneRow, folder: string): Promise<HandOverOutcome | null> => {
  const staged = await context.disk.run('stage', {
    source: join(context.deps.filesFolder, row.relativePath),
    folder,
    temporaryName: row.temporaryName,
    sha256: row.sha256,
  });
  if (staged.kind === 'failed') return failedBeforeName(staged.code);
  switch (staged.value.kind) {
    case 'staged':
      return null;
    case 'aborted':
      return { kind: 'startAgain' };
    case 'copyDiffers':
      return { kind: 'failedHere', message: stationLine('copyDiffers') };
    case 'sourceChanged':
      return { kind: 'problem', message: stationLine('fileChanged') };
    case 'sourceUnreadable':
      return staged.value.code === 'ENOENT'
        ? { kind: 'problem', message: stationLine('fileNotInStation') }
        : { kind: 'failedHere', message: stationLine('ownFileUnreadable', { code: staged.value.code }) };
  }
};

/**
 * The names that this station's own files have, or may have, in the folder, and those by which the outcome of earlier
 * ones will be known; in lower case, as a share may not tell them apart.
 */
const namesInUse = async (
  { deps, hotFolderId }: LaneContext,
  row: LaneRow,
  readsOutcomes: boolean,
): Promise<readonly string[]> => {
  const awaited = readsOutcomes ? await awaitedOutcomes(deps.store.read, hotFolderId, deps.clock.nowMs()) : [];
  const rows = await deps.store.read
    .selectFrom('handovers')
    .select('fileName')
    .where('hotFolderId', '=', hotFolderId)
    .where('id', '!=', row.id)
    .where((where) =>
      where.or([where('state', 'in', ['sent', 'maybeSent']), where.and({ state: 'copying', renaming: 1 })]),
    )
    .execute();
  return [...rows, ...awaited].map(({ fileName }) => fileName.toLowerCase());
};

/** The last moment to stop: from this commit on the file may be in the RIP's hands. */
const commitToRename = (
  { deps, hotFolderId }: LaneContext,
  row: LaneRow,
  { fileName, seenBefore }: { readonly fileName: string; readonly seenBefore: readonly string[] },
): Promise<'go' | 'calledOff' | 'alreadyCalledOff'> =>
  deps.store.write(async ({ db, touched }) => {
    const now = await laneRow(db, hotFolderId, row.id);
    if (now?.state !== 'copying') return 'alreadyCalledOff';
    if (isCalledOff(now)) return 'calledOff';
    const outcomeDetail = addNotes(null, { seenBefore: [...seenBefore] });
    await db.updateTable('handovers').set({ renaming: 1, fileName, outcomeDetail }).where('id', '=', row.id).execute();
    touched.handovers.add(row.id);
    return 'go';
  });

/** Gives the staged file its final name; a name that is taken in the meantime is left alone. */
const publish = async (context: LaneContext, row: LaneRow, { settings }: HotFolder): Promise<HandOverOutcome> => {
  const folder = settings.path;
  const outcomeFolders = outcomeFoldersOf(settings);
  const avoid = await namesInUse(context, row, readsOutcomes(settings));
  for (;;) {
    const free = await context.disk.run('freeName', { folder, fileName: row.wantedName, avoid, outcomeFolders });
    if (free.kind === 'failed') return failedBeforeName(free.code);
    const verdict = await commitToRename(context, row, free.value);
    if (verdict !== 'go') {
      await context.disk.run('remove', { folder, temporaryName: row.temporaryName });
      return { kind: verdict };
    }
    const published = await context.disk.run('publish', {
      folder,
      temporaryName: row.temporaryName,
      fileName: free.value.fileName,
    });
    if (published.kind === 'failed') return { kind: 'unclear', failure: folderFailure(published.code) };
    if (published.value === 'published')
      return { kind: 'sent', evidence: 'writtenToFolder', fileName: free.value.fileName };
  }
};

/** Hands one file over: copy aside, flush, compare, commit the intent, rename. */
export const handOver = async (context: LaneContext, row: LaneRow): Promise<HandOverOutcome> => {
  const look = await confirmFolder(context);
  if (look.kind === 'failed') return { kind: 'folderFailed', failure: look.failure };
  const { settings } = look.folder;
  const misfit = await knownMisfit(context.deps.store.read, row, settings);
  if (misfit !== null) return { kind: 'misfit', message: misfit };
  return (await stage(context, row, settings.path)) ?? publish(context, row, look.folder);
};
