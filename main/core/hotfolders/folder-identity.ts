import { z } from 'zod';

/** Which folder lies at a path: the volume and the number of the folder on it, as decimal text. */
export const folderIdentity = z.object({ device: z.string(), inode: z.string() });
export type FolderIdentity = z.infer<typeof folderIdentity>;

/**
 * What lies at the path now, compared with what was seen there before. `replaced`: another folder on the same volume.
 * `otherVolume`: another volume, which is what an unmounted share looks like: its empty mount point.
 */
export type IdentityRelation = 'first' | 'same' | 'replaced' | 'otherVolume';

/**
 * Compares two sightings of a folder. The number of a volume changes with each mount, that of a folder does not:
 * an equal inode is the same folder. Some network file systems know no inodes and say 0.
 */
export const compareIdentity = (before: FolderIdentity | null, now: FolderIdentity): IdentityRelation => {
  if (before === null) return 'first';
  if (before.inode === now.inode) return 'same';
  return before.device === now.device ? 'replaced' : 'otherVolume';
};

export const equalIdentity = (one: FolderIdentity | null, other: FolderIdentity): boolean =>
  one !== null && one.inode === other.inode && one.device === other.device;
