/** What a failed file operation in a hot folder means. */
export type FolderFailureKind =
  /** The folder cannot be reached or written: its whole lane waits. */
  | 'offline'
  /** No room in it: its whole lane waits. */
  | 'full'
  /** Something passing on this machine, such as a locked file: this file is tried again. */
  | 'local'
  /** This very file can never lie there, such as one too large for the volume. */
  | 'file';

export interface FolderFailure {
  readonly kind: FolderFailureKind;
  /** One line for a person. */
  readonly message: string;
}

const known: Readonly<Record<string, FolderFailure>> = {
  ENOSPC: { kind: 'full', message: 'the disk of the hot folder is full' },
  EDQUOT: { kind: 'full', message: 'the quota of the hot folder is used up' },
  ENOENT: { kind: 'offline', message: 'the hot folder is not there' },
  ENOTDIR: { kind: 'offline', message: 'the path of the hot folder is not a folder' },
  EACCES: { kind: 'offline', message: 'no permission to write to the hot folder' },
  EPERM: { kind: 'offline', message: 'no permission to write to the hot folder' },
  EROFS: { kind: 'offline', message: 'the hot folder is read-only' },
  ESTALE: { kind: 'offline', message: 'the share of the hot folder was lost (stale handle)' },
  EFBIG: { kind: 'file', message: 'the file is too large for the volume of the hot folder' },
  ENAMETOOLONG: { kind: 'file', message: 'the file name is too long for the hot folder' },
  EINVAL: { kind: 'file', message: 'the hot folder does not take a file of this name' },
  EILSEQ: { kind: 'file', message: 'the hot folder does not take a file of this name' },
  EBUSY: { kind: 'local', message: 'the file is in use by another program' },
  ETXTBSY: { kind: 'local', message: 'the file is in use by another program' },
  EMFILE: { kind: 'local', message: 'too many files are open on this machine' },
  ENFILE: { kind: 'local', message: 'too many files are open on this machine' },
  ENOMEM: { kind: 'local', message: 'this machine is out of memory' },
};

/** The meaning of an error code of the operating system. A code that is not known here is taken for a lost share. */
export const folderFailure = (code: string): FolderFailure =>
  known[code] ?? { kind: 'offline', message: `the hot folder cannot be reached (${code})` };

/** What an unmounted share looks like; see `folder-identity.ts`. Its message is how a person's word for the folder is recognised. */
export const otherVolume: FolderFailure = {
  kind: 'offline',
  message:
    'another volume lies at the path of the hot folder: mount its share, or save the hot folder again to accept it',
};

/** A program that reads the file keeps it from being moved on Windows and SMB. */
export const isInUse = (code: string): boolean => ['EBUSY', 'ETXTBSY', 'EACCES', 'EPERM'].includes(code);
