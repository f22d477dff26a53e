import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** Set in the lease of a `sent` row while it is taken back: whoever looks at the folder leaves such a row alone. */
export const undoLease = (by: string): string => `undo:${by}`;
export const undoneBy = (leaseOwner: string | null): string | null =>
  leaseOwner?.startsWith('undo:') === true ? leaseOwner.slice('undo:'.length) : null;

/** The hand-overs of one hot folder, each with what a lane needs to work on it. */
export const laneRows = (db: Kysely<Tables>, hotFolderId: string) =>
  db
    .selectFrom('handovers')
    .innerJoin('files', 'files.id', 'handovers.fileId')
    .innerJoin('hotFolders', 'hotFolders.id', 'handovers.hotFolderId')
    .innerJoin('orders', 'orders.id', 'handovers.orderId')
    .leftJoin('items', 'items.id', 'handovers.itemId')
    .selectAll('handovers')
    .select([
      'files.relativePath',
      'files.name as wantedName',
      'hotFolders.name as hotFolderName',
      'items.heldAtMs',
      'items.cancelledAtMs',
      'orders.stage as orderStage',
    ])
    .where('handovers.hotFolderId', '=', hotFolderId);

export type LaneRow = Awaited<ReturnType<ReturnType<typeof laneRows>['execute']>>[number];

/** One hand-over of a lane, as it is now. */
export const laneRow = async (db: Kysely<Tables>, hotFolderId: string, id: number): Promise<LaneRow | null> =>
  (await laneRows(db, hotFolderId).where('handovers.id', '=', id).executeTakeFirst()) ?? null;

/** Nothing of it may be handed over now. */
export const isCalledOff = ({ heldAtMs, cancelledAtMs, orderStage }: LaneRow): boolean =>
  heldAtMs !== null || cancelledAtMs !== null || orderStage === 'cancelled';

/** The states of a hand-over that has yet to happen. */
export const pendingStates = ['intended', 'waiting', 'copying'] as const;
