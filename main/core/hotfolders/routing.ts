import type { AcceptRules, HotFolderSettings } from '../../contract/hot-folders.ts';

/** What routing knows of a file. `product` is empty for a file of the order itself. */
export interface RoutableFile {
  readonly platform: string;
  readonly connection: string;
  readonly role: string;
  readonly product: string;
}

/** A label is printed elsewhere than the work: only a folder that names this role takes it. */
export const labelRole = 'shippingLabel';

const escapePattern = (text: string): string => text.replace(/[\\^$.|?+()[\]{}/]/gu, '\\$&');

const matchesProduct = (pattern: string, product: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escapePattern).join('.*')}$`, 'su').test(product);

const listTakes = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);

/** Whether a role may go to a folder at all, by whichever way it is handed over. */
export const takesRole = (accepts: AcceptRules, role: string): boolean =>
  role !== labelRole || accepts.roles.includes(labelRole);

/** Whether the rules of a hot folder fit a file; an empty list takes everything. */
const accepts = (rules: AcceptRules, file: RoutableFile): boolean =>
  takesRole(rules, file.role) &&
  listTakes(rules.platforms, file.platform) &&
  listTakes(rules.connections, file.connection) &&
  listTakes(rules.roles, file.role) &&
  (rules.products.length === 0 || rules.products.some((pattern) => matchesProduct(pattern, file.product)));

/** The hot folder that takes a file by itself: the first in configured order that is automatic and fits; null when none does. */
export const routeFor = <Folder extends Pick<HotFolderSettings, 'mode' | 'accepts'>>(
  folders: readonly Folder[],
  file: RoutableFile,
): Folder | null => folders.find((folder) => folder.mode === 'auto' && accepts(folder.accepts, file)) ?? null;
