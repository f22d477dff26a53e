import type { HotFolderView, LyingFile, TakenFile } from '../../contract/hot-folders.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { type FolderListing, namesShown } from './folder-listing.ts';
import { readNotes } from './handover-notes.ts';
import { layMsOf } from './pick-up-time.ts';

/** A lane shows the last so many files that the RIP took. */
const takenShown = 5;

const withOwners = (db: Reader, hotFolderId: string) =>
  db
    .selectFrom('handovers')
    .innerJoin('orders', 'orders.id', 'handovers.orderId')
    .leftJoin('items', 'items.id', 'handovers.itemId')
    .selectAll('handovers')
    .select(['orders.externalId as order', 'items.number as itemNumber'])
    .where('handovers.hotFolderId', '=', hotFolderId);

type Row = Awaited<ReturnType<ReturnType<typeof withOwners>['execute']>>[number];

const ownerOf = ({ id, orderId, order, itemNumber }: Row) => ({ handover: id, orderId, order, itemNumber });

const stranger = (name: string): LyingFile => ({
  name,
  handover: null,
  orderId: null,
  order: null,
  itemNumber: null,
  since: null,
});

/** What lies in a hot folder: ours as the table knows them, those of others as they were listed last. */
export const insideOf = async (
  db: Reader,
  hotFolderId: string,
  listing: FolderListing | null,
): Promise<HotFolderView['inside']> => {
  const rows = await withOwners(db, hotFolderId)
    .where('handovers.state', '=', 'sent')
    .orderBy('handovers.sentAtMs')
    .limit(namesShown)
    .execute();
  const own = rows.map((row) => ({ name: row.fileName, ...ownerOf(row), since: toMomentOrNull(row.sentAtMs) }));
  const others = listing?.others.names.map(stranger) ?? [];
  return {
    lookedAt: toMomentOrNull(listing?.atMs ?? null),
    files: [...own, ...others].slice(0, namesShown),
    strangers: listing?.others.count ?? 0,
  };
};

/** The last files that the RIP took out of a hot folder, with what became of them. */
export const takenFrom = async (db: Reader, hotFolderId: string): Promise<TakenFile[]> => {
  const rows = await withOwners(db, hotFolderId)
    .where('handovers.pickedUpAtMs', 'is not', null)
    .orderBy('handovers.pickedUpAtMs', 'desc')
    .limit(takenShown)
    .execute();
  return rows.map((row) => {
    const layMs = layMsOf(row);
    return {
      name: row.fileName,
      ...ownerOf(row),
      pickedUpAt: toMoment(row.pickedUpAtMs ?? 0),
      laySeconds: layMs === null ? null : Math.round(layMs / 1000),
      ...toldOutcome(row),
    };
  });
};

/** What the RIP told of a hand-over, and where it put the file. */
export const toldOutcome = ({
  outcome,
  outcomeAtMs,
  outcomeDetail,
}: Pick<Row, 'outcome' | 'outcomeAtMs' | 'outcomeDetail'>) => {
  const { told } = readNotes(outcomeDetail);
  return {
    outcome,
    outcomeAt: toMomentOrNull(outcomeAtMs),
    outcomeIn: told === null ? null : `${told.folder}/${told.name}`,
  };
};
