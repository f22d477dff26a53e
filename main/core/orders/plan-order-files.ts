import { type FilePath, type FileToName, planFilePaths } from '../downloads/file-names.ts';
import type { WriteTransaction } from '../store/store.ts';

export interface FilesToPlan {
  readonly connectionId: string;
  readonly orderExternalId: string;
  readonly nameTemplate: string;
  readonly files: readonly FileToName[];
}

/** Names files of an order, none of which another file has, whichever order it is of. */
export const planOrderFiles = async (
  { db }: WriteTransaction,
  { connectionId, orderExternalId, nameTemplate, files }: FilesToPlan,
): Promise<readonly FilePath[]> => {
  const plan = (taken: ReadonlySet<string>): readonly FilePath[] =>
    planFilePaths({
      connection: connectionId,
      order: { externalId: orderExternalId },
      template: nameTemplate,
      files,
      taken: (path) => taken.has(path),
    });
  const paths = plan(new Set());
  // Files of the order that came before, or of another order whose id looks alike to a file system.
  const folder = paths[0]?.relativePath.split('/').slice(0, 2).join('/') ?? '';
  const existing = await db
    .selectFrom('files')
    .select('relativePath')
    .where('relativePath', '>', `${folder}/`)
    .where('relativePath', '<', `${folder}0`)
    .execute();
  return existing.length === 0 ? paths : plan(new Set(existing.map((row) => row.relativePath.toLowerCase())));
};

/** `host:port`, by which transfers are limited; the address itself is judged when it is fetched. */
export const sourceHostOf = (url: string): string => {
  const parsed = URL.parse(url);
  return parsed === null || parsed.host === '' ? 'unreadable address' : parsed.host;
};
