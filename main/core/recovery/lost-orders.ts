import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeName } from '../downloads/safe-name.ts';
import { salvageDatabase } from '../store/look-at-database.ts';
import type { SalvagedOrder } from '../store/look-protocol.ts';
import type { Reader } from '../store/store.ts';

/** The orders of a database that was set aside which this one does not have. */
export const salvageLostOrders = async (db: Reader, setAsideDatabase: string): Promise<readonly SalvagedOrder[]> => {
  const newest = await db
    .selectFrom('orders')
    .select((query) => query.fn.max<number | null>('id').as('id'))
    .executeTakeFirst();
  const orders = await salvageDatabase(setAsideDatabase, newest?.id ?? 0);
  const lost: SalvagedOrder[] = [];
  for (const order of orders) {
    const known = await db
      .selectFrom('orders')
      .select('id')
      .where('connectionId', '=', order.connectionId)
      .where('externalId', '=', order.externalId)
      .executeTakeFirst();
    if (known === undefined) lost.push(order);
  }
  return lost;
};

/** Keeps their documents as files beside the database that was set aside, for whoever has to look. */
export const keepDocuments = async (folder: string, orders: readonly SalvagedOrder[]): Promise<void> => {
  const written = orders.filter(({ document }) => document !== '');
  if (written.length === 0) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { connectionId, externalId, document } of written) {
    const extension = document.trimStart().startsWith('<') ? '.xml' : '.json';
    await writeFile(join(folder, safeName(`${connectionId}_${externalId}`, extension)), document, { mode: 0o600 });
  }
};

const folderNames = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/**
 * Folders of files that no order here has, as `connection/order`, changed since the moment the database knows: files of
 * orders that came later.
 */
export const unknownFolders = async (db: Reader, filesFolder: string, sinceMs: number): Promise<readonly string[]> => {
  const unknown: string[] = [];
  for (const connection of await folderNames(filesFolder)) {
    for (const order of await folderNames(join(filesFolder, connection))) {
      const folder = `${connection}/${order}`;
      const found = await stat(join(filesFolder, folder)).catch(() => null);
      if (found === null || found.mtimeMs < sinceMs) continue;
      const known = await db
        .selectFrom('files')
        .select('id')
        .where('relativePath', '>=', `${folder}/`)
        // The sign after the slash: all paths in the folder lie between.
        .where('relativePath', '<', `${folder}0`)
        .limit(1)
        .executeTakeFirst();
      if (known === undefined) unknown.push(folder);
    }
  }
  return unknown;
};
