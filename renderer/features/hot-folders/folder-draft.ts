import type { HotFolderSettings, HotFolderView } from '../../../main/contract/hot-folders.ts';

/** What the form of a hot folder holds while it is edited. */
export interface FolderDraft {
  /** Empty for a new one: its id is made from its name. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly mode: 'auto' | 'manual';
  readonly roles: readonly string[];
  readonly connections: readonly string[];
  /** Product codes, separated by commas. */
  readonly products: string;
  readonly pollSeconds: number;
  readonly pickUpAlarmMinutes: number;
}

export const newFolderDraft: FolderDraft = {
  id: '',
  name: '',
  path: '',
  mode: 'manual',
  roles: [],
  connections: [],
  products: '',
  pollSeconds: 3,
  pickUpAlarmMinutes: 10,
};

export const draftOfFolder = (folder: HotFolderView): FolderDraft => ({
  id: folder.id,
  name: folder.name,
  path: folder.path,
  mode: folder.mode,
  roles: folder.accepts.roles,
  connections: folder.accepts.connections,
  products: folder.accepts.products.join(', '),
  pollSeconds: folder.pollSeconds,
  pickUpAlarmMinutes: folder.pickUpAlarmSeconds / 60,
});

/** `HP Indigo 12000` → `hp-indigo-12000`; with a number behind it when that is taken. */
export const slugOf = (name: string, taken: readonly string[]): string => {
  const base =
    name
      .normalize('NFKD')
      .replaceAll(/\p{Mark}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 56) || 'folder';
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
};

/** The draft as the station takes it. `kept` is what the form does not show, from the folder as it is. */
export const settingsOfDraft = (
  draft: FolderDraft,
  taken: readonly string[],
  kept: HotFolderView | null,
): HotFolderSettings => ({
  id: draft.id === '' ? slugOf(draft.name, taken) : draft.id,
  name: draft.name.trim(),
  path: draft.path.trim(),
  mode: draft.mode,
  accepts: {
    platforms: kept?.accepts.platforms ?? [],
    connections: [...draft.connections],
    roles: [...draft.roles],
    products: draft.products
      .split(',')
      .map((product) => product.trim())
      .filter((product) => product !== ''),
  },
  pollSeconds: draft.pollSeconds,
  pickUpAlarmSeconds: Math.round(draft.pickUpAlarmMinutes * 60),
});

export const isFolderComplete = (draft: FolderDraft): boolean => draft.name.trim() !== '' && draft.path.trim() !== '';
