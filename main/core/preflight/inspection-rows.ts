import { itemView } from '../../contract/orders.ts';
import { announcedKind } from '../downloads/file-kind.ts';
import type { Reader, WriteTransaction } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';
import type { OrderedFile } from './expected-file.ts';
import type { Inspection } from './report.ts';

/** A ready PDF that nobody has looked into yet. */
export interface UninspectedFile extends OrderedFile {
  readonly id: number;
  readonly connectionId: string;
  readonly relativePath: string;
  readonly bytes: number;
  readonly sha256: string;
}

const storedOptions = itemView.shape.options.catch([]);

/** The ready files whose content, as it lies there now, was not looked into. */
const uninspected = (db: Reader) =>
  db
    .selectFrom('files')
    .leftJoin('inspections', (join) =>
      join.onRef('inspections.fileId', '=', 'files.id').onRef('inspections.sha256', '=', 'files.sha256'),
    )
    .where('files.state', '=', 'ready')
    .where('files.deletedAtMs', 'is', null)
    .where('files.sha256', 'is not', null)
    .where('inspections.fileId', 'is', null);

const isPdf = ({ format }: { readonly format: string }): boolean => announcedKind(format) === 'pdf';

/** Those of these files that are to be looked into, the oldest first. */
export const uninspectedOf = async (db: Reader, fileIds: readonly number[]): Promise<number[]> =>
  fileIds.length === 0
    ? []
    : (
        await uninspected(db)
          .select(['files.id', 'files.format'])
          .where('files.id', 'in', fileIds)
          .orderBy('files.id')
          .execute()
      )
        .filter(isPdf)
        .map(({ id }) => id);

/** Those among the files with ids from `fromId` to before `beforeId`, the newest first. */
export const uninspectedBetween = async (db: Reader, fromId: number, beforeId: number): Promise<number[]> =>
  (
    await uninspected(db)
      .select(['files.id', 'files.format'])
      .where('files.id', '>=', fromId)
      .where('files.id', '<', beforeId)
      .orderBy('files.id', 'desc')
      .execute()
  )
    .filter(isPdf)
    .map(({ id }) => id);

export const highestFileId = async (db: Reader): Promise<number> =>
  (
    await db
      .selectFrom('files')
      .select((query) => query.fn.max('id').as('id'))
      .executeTakeFirst()
  )?.id ?? 0;

/** All that is needed of one of them; null when it was fetched again or looked into meanwhile. */
export const readUninspected = async (db: Reader, fileId: number): Promise<UninspectedFile | null> => {
  const row = await uninspected(db)
    .leftJoin('items', 'items.id', 'files.itemId')
    .select((query) => [
      'files.id',
      'files.connectionId',
      'files.relativePath',
      'files.receivedBytes',
      'files.sha256',
      'files.role',
      'files.itemId',
      'items.product',
      'items.pages',
      'items.optionsJson',
      query
        .selectFrom('files as others')
        .select((others) => others.fn.countAll<number>().as('count'))
        .whereRef('others.itemId', '=', 'files.itemId')
        .whereRef('others.role', '=', 'files.role')
        .as('filesOfRole'),
    ])
    .where('files.id', '=', fileId)
    .executeTakeFirst();
  if (row === undefined || row.sha256 === null) return null;
  const { id, connectionId, relativePath, receivedBytes: bytes, sha256, role, product, pages, filesOfRole } = row;
  return {
    id,
    connectionId,
    relativePath,
    bytes,
    sha256,
    role,
    item:
      product === null
        ? null
        : {
            product,
            pages,
            options: readStored(storedOptions, row.optionsJson ?? '[]'),
            filesOfRole: filesOfRole ?? 0,
          },
  };
};

/** Keeps what was found, in place of what an earlier content had; nothing when the file is another by now. */
export const saveInspection = async (
  { db, touched }: WriteTransaction,
  file: Pick<UninspectedFile, 'id' | 'sha256'>,
  { state, report }: Inspection,
  atMs: number,
): Promise<void> => {
  const still = await db
    .selectFrom('files')
    .select('id')
    .where('id', '=', file.id)
    .where('sha256', '=', file.sha256)
    .where('state', '=', 'ready')
    .where('deletedAtMs', 'is', null)
    .executeTakeFirst();
  if (still === undefined) return;
  const values = { sha256: file.sha256, atMs, state, reportJson: JSON.stringify(report) };
  await db
    .insertInto('inspections')
    .values({ fileId: file.id, ...values })
    .onConflict((conflict) => conflict.column('fileId').doUpdateSet(values))
    .execute();
  touched.files.add(file.id);
};
