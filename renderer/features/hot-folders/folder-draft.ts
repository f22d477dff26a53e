import type {
  AcceptRules,
  HotFolderPreset,
  HotFolderSettings,
  HotFolderView,
} from '../../../main/contract/hot-folders.ts';

/** What the form of a hot folder holds while it is edited. A number that was not typed is null. */
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
  readonly leastPages: number | null;
  readonly mostPages: number | null;
  readonly widthMm: number | null;
  readonly heightMm: number | null;
  readonly toleranceMm: number;
  readonly preset: HotFolderPreset;
  /** Names of folders, separated by commas. */
  readonly acceptedFolders: string;
  readonly failedFolders: string;
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
  leastPages: null,
  mostPages: null,
  widthMm: null,
  heightMm: null,
  toleranceMm: 1,
  preset: 'plain',
  acceptedFolders: '',
  failedFolders: '',
  pollSeconds: 3,
  pickUpAlarmMinutes: 10,
};

/** Where only one end is typed, the other is as far away as the contract allows. */
const anyPages = { least: 1, most: 1_000_000 } as const;

export const draftOfFolder = (folder: HotFolderView): FolderDraft => ({
  id: folder.id,
  name: folder.name,
  path: folder.path,
  mode: folder.mode,
  roles: folder.accepts.roles,
  connections: folder.accepts.connections,
  products: folder.accepts.products.join(', '),
  leastPages: folder.accepts.pages?.least ?? null,
  mostPages: folder.accepts.pages?.most === anyPages.most ? null : (folder.accepts.pages?.most ?? null),
  widthMm: folder.accepts.trim?.widthMm ?? null,
  heightMm: folder.accepts.trim?.heightMm ?? null,
  toleranceMm: folder.accepts.trim?.toleranceMm ?? newFolderDraft.toleranceMm,
  preset: folder.preset,
  acceptedFolders: folder.outcome.accepted.join(', '),
  failedFolders: folder.outcome.failed.join(', '),
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

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const sizeRules = (draft: FolderDraft): Pick<AcceptRules, 'pages' | 'trim'> => {
  const { leastPages, mostPages, widthMm, heightMm, toleranceMm } = draft;
  return {
    ...(leastPages === null && mostPages === null
      ? {}
      : { pages: { least: leastPages ?? anyPages.least, most: mostPages ?? anyPages.most } }),
    ...(widthMm === null || heightMm === null ? {} : { trim: { widthMm, heightMm, toleranceMm } }),
  };
};

/** How the RIP of the draft's folder tells what became of a file. */
export const presetOfDraft = (draft: FolderDraft): Pick<HotFolderSettings, 'preset' | 'outcome'> => ({
  preset: draft.preset,
  outcome:
    draft.preset === 'own'
      ? { accepted: listOf(draft.acceptedFolders), failed: listOf(draft.failedFolders) }
      : { accepted: [], failed: [] },
});

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
    products: listOf(draft.products),
    ...sizeRules(draft),
  },
  ...presetOfDraft(draft),
  pollSeconds: draft.pollSeconds,
  pickUpAlarmSeconds: Math.round(draft.pickUpAlarmMinutes * 60),
});

/** What keeps the draft from being saved, for a line beside the button; null when nothing does. */
export const draftFault = (draft: FolderDraft): 'missing' | 'pages' | 'trim' | 'outcome' | null => {
  if (draft.name.trim() === '' || draft.path.trim() === '') return 'missing';
  if ((draft.leastPages ?? anyPages.least) > (draft.mostPages ?? anyPages.most)) return 'pages';
  if ((draft.widthMm === null) !== (draft.heightMm === null)) return 'trim';
  const { preset, outcome } = presetOfDraft(draft);
  return preset === 'own' && outcome.accepted.length + outcome.failed.length === 0 ? 'outcome' : null;
};

export const isFolderComplete = (draft: FolderDraft): boolean => draftFault(draft) === null;
