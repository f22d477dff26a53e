import type { Reader, WriteTransaction } from '../store/store.ts';
import { type FolderFailure, folderFailure, otherVolume } from './folder-failure.ts';
import { compareIdentity, equalIdentity, type FolderIdentity } from './folder-identity.ts';
import { type FolderListing, isNews } from './folder-listing.ts';
import type { OperationValue } from './folder-protocol.ts';
import { findHotFolder, type HotFolder, storeSettings } from './hot-folder-records.ts';
import type { LaneContext, OverdueFile } from './lane-context.ts';
import { type LaneRow, laneRows, pendingStates } from './lane-rows.ts';
import { setLaneState } from './lane-state.ts';
import { type LyingLook, noteGone, noteOverdue } from './note-lying.ts';
import { awaitedOutcomes, maybeSentRows, noteOutcomes } from './note-outcomes.ts';
import { sameName, type WantedFile } from './outcome-match.ts';
import { alarmAfterMs, usualPickUpMs } from './pick-up-time.ts';
import { outcomeFoldersOf, readsOutcomes } from './presets.ts';

export type FolderLook =
  | { readonly kind: 'seen'; readonly folder: HotFolder }
  | { readonly kind: 'failed'; readonly failure: FolderFailure };

/** A file that left within so many polls, or so much time, was watched. */
const watchedPolls = 3;
const leastWatchGapMs = 30_000;
/** What a screen shows as the time of the last listing is at most this old while the folder is looked at. */
const tellAgainAfterMs = 30_000;

/** The files that lie in the folder, as far as is known; those that are being taken back are left alone. */
const lyingRows = (context: LaneContext, db = context.deps.store.read): Promise<LaneRow[]> =>
  laneRows(db, context.hotFolderId)
    .where('handovers.state', '=', 'sent')
    .where('handovers.leaseOwner', 'is', null)
    .orderBy('handovers.id')
    .execute();

/** The names that files of this station may have in the folder now. */
const ownNames = async (db: Reader, hotFolderId: string): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('handovers')
    .select('fileName')
    .where('hotFolderId', '=', hotFolderId)
    .where((where) =>
      where.or([where('state', 'in', ['sent', 'maybeSent']), where.and({ state: 'copying', renaming: 1 })]),
    )
    .execute();
  return rows.map(({ fileName }) => fileName);
};

/** The files whose outcome a listing may tell: those that lie there may have left by then. */
const wantedFiles = async (
  db: Reader,
  { settings }: HotFolder,
  lying: readonly LaneRow[],
  nowMs: number,
): Promise<readonly WantedFile[]> => {
  if (!readsOutcomes(settings)) return [];
  const rows = [
    ...lying,
    ...(await awaitedOutcomes(db, settings.id, nowMs)),
    ...(await maybeSentRows(db, settings.id)),
  ];
  return rows.map(({ id, fileName }) => ({ id, fileName }));
};

const isWaitedFor = async ({ db }: WriteTransaction, hotFolderId: string): Promise<boolean> =>
  (await db
    .selectFrom('handovers')
    .select('id')
    .where('hotFolderId', '=', hotFolderId)
    .where('state', 'in', pendingStates)
    .limit(1)
    .executeTakeFirst()) !== undefined;

const rememberIdentity = async (
  { db }: WriteTransaction,
  { stored }: HotFolder,
  identity: FolderIdentity,
): Promise<void> => {
  if (equalIdentity(stored.identity, identity)) return;
  await db
    .updateTable('hotFolders')
    .set(storeSettings({ ...stored, identity }))
    .where('id', '=', stored.id)
    .execute();
};

/** Removes temporary files that an earlier run left, once a run, and only those whose name is in the table. */
const sweep = async (context: LaneContext, folder: HotFolder, temporaryNames: readonly string[]): Promise<void> => {
  if (context.sweep.done) return;
  context.sweep.done = true;
  if (temporaryNames.length === 0) return;
  const rows = await context.deps.store.read
    .selectFrom('handovers')
    .select('temporaryName')
    .where('hotFolderId', '=', context.hotFolderId)
    .where('temporaryName', 'in', temporaryNames)
    .where('state', '!=', 'copying')
    .where('leaseOwner', 'is', null)
    .execute();
  for (const { temporaryName } of rows) {
    await context.disk.run('remove', { folder: folder.settings.path, temporaryName });
  }
};

const listingOf = (
  { others, outcomes }: OperationValue<'look'>,
  own: readonly string[],
  { settings }: HotFolder,
  atMs: number,
): FolderListing => {
  const { accepted, failed } = outcomeFoldersOf(settings);
  const folders = accepted.length + failed.length;
  // A file that was handed over while the folder was listed is none of others.
  const ownKeys = new Set(own.map(sameName));
  const names = others.names.filter((name) => !ownKeys.has(sameName(name)));
  return {
    atMs,
    others: { names, count: others.count - (others.names.length - names.length) },
    outcomes: folders === 0 ? 'none' : outcomes.missing.length === folders ? 'missing' : 'read',
  };
};

/** Keeps the listing for the screens, which are told of it when it shows something else, or now and then. */
const keepListing = (context: LaneContext, { touched }: WriteTransaction, listing: FolderListing): void => {
  const { seen } = context;
  const told = seen.toldAtMs !== null && listing.atMs < seen.toldAtMs + tellAgainAfterMs;
  if (!told || isNews(seen.listing, listing)) {
    touched.hotFolders.add(context.hotFolderId);
    seen.toldAtMs = listing.atMs;
  }
  seen.listing = listing;
};

/**
 * Lists the folder once and writes down what that proves: files that left, files that lie too long, what the RIP made
 * of files, and that the folder is there. A listing that fails proves nothing; neither does one of another volume,
 * which is how a share that is not mounted looks. With `learns` false a folder that was never used is not taken for the
 * right one. Call it through `oneAtATime`.
 */
export const lookAtFolder = async (
  context: LaneContext,
  { learns = true }: { readonly learns?: boolean } = {},
): Promise<FolderLook> => {
  const { store, clock } = context.deps;
  const folder = await findHotFolder(store.read, context.hotFolderId);
  if (folder === null) return { kind: 'failed', failure: folderFailure('ENOENT') };
  const { settings } = folder;
  const asked = await lyingRows(context);
  const look = await context.disk.run('look', {
    folder: settings.path,
    names: asked.map((row) => row.fileName),
    ours: await ownNames(store.read, context.hotFolderId),
    outcomeFolders: outcomeFoldersOf(settings),
    wanted: await wantedFiles(store.read, folder, asked, clock.nowMs()),
  });
  if (look.kind === 'failed') return { kind: 'failed', failure: folderFailure(look.code) };

  const { identity, gone, temporaryNames, outcomes } = look.value;
  // Some shares number their folders anew with each mount: a file that still lies there proves that it is the same one.
  const relation = gone.length < asked.length ? 'same' : compareIdentity(folder.stored.identity, identity);
  if (relation === 'otherVolume') return { kind: 'failed', failure: otherVolume };

  const goneNames = new Set(gone);
  const askedIds = new Set(asked.map((row) => row.id));
  const nowMs = clock.nowMs();
  const { overdue, change } = await store.write(async (transaction) => {
    const { db } = transaction;
    const now = await findHotFolder(db, context.hotFolderId);
    if (now?.settings.path !== settings.path) return { overdue: [], change: null };
    // Again, because a person may have taken one back or answered for it meanwhile.
    const lying = (await lyingRows(context, db)).filter((row) => askedIds.has(row.id));
    const proof: LyingLook = {
      relation,
      lastLookAtMs: context.seen.listing?.atMs ?? null,
      watchGapMs: Math.max(leastWatchGapMs, watchedPolls * settings.pollSeconds * 1000),
      alarmAfterMs: lying.length === 0 ? 0 : alarmAfterMs(settings, await usualPickUpMs(db, settings.id)),
      nowMs,
    };
    const alarms: OverdueFile[] = [];
    for (const row of lying) {
      if (goneNames.has(row.fileName)) await noteGone(transaction, row, proof);
      else {
        const alarm = await noteOverdue(transaction, row, proof);
        if (alarm !== null) alarms.push(alarm);
      }
    }
    await noteOutcomes(transaction, context.hotFolderId, outcomes.sightings, nowMs);
    keepListing(context, transaction, listingOf(look.value, await ownNames(db, context.hotFolderId), folder, nowMs));
    if (learns || asked.length > 0 || folder.stored.identity !== null)
      await rememberIdentity(transaction, now, identity);
    // A listing shows that the folder is there, not that it can be written: what waits for it proves that.
    const clears = !(await isWaitedFor(transaction, context.hotFolderId));
    return {
      overdue: alarms,
      change: clears ? await setLaneState(transaction, context.hotFolderId, 'ok', null, nowMs) : null,
    };
  });
  for (const file of overdue) context.deps.onOverdue(file);
  if (change !== null) context.deps.onLaneChanged(change);
  await sweep(context, folder, temporaryNames);
  return { kind: 'seen', folder };
};

/** Makes sure that the folder is there and is the one that files were handed over to. */
export const confirmFolder = async (context: LaneContext): Promise<FolderLook> => {
  const folder = await findHotFolder(context.deps.store.read, context.hotFolderId);
  if (folder === null) return { kind: 'failed', failure: folderFailure('ENOENT') };
  const found = await context.disk.run('identify', { folder: folder.settings.path });
  if (found.kind === 'failed') return { kind: 'failed', failure: folderFailure(found.code) };
  const known = context.sweep.done && equalIdentity(folder.stored.identity, found.value);
  return known ? { kind: 'seen', folder } : context.oneAtATime(() => lookAtFolder(context));
};
