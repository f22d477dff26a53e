/** What the last listing of a hot folder showed besides the files of this station. It is kept in memory only. */
export interface FolderListing {
  readonly atMs: number;
  /** The first files of others by name, and how many there are. */
  readonly others: { readonly names: readonly string[]; readonly count: number };
  readonly outcomes: 'none' | 'read' | 'missing';
}

/** A screen shows at most so many names of a folder. */
export const namesShown = 50;

/** What systems leave in folders, and hidden files, a copy under its temporary name among them. */
export const isNoise = (name: string): boolean =>
  name.startsWith('.') || ['thumbs.db', 'desktop.ini', 'icon\r'].includes(name.toLowerCase());

/** Whether a screen would show something else. */
export const isNews = (before: FolderListing | null, now: FolderListing): boolean =>
  before === null ||
  before.outcomes !== now.outcomes ||
  before.others.count !== now.others.count ||
  before.others.names.join('/') !== now.others.names.join('/');
