import { stationLine } from '../../contract/station-lines/station-lines.ts';
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
  ENOSPC: { kind: 'full', message: stationLine('folderDiskFull') },
  EDQUOT: { kind: 'full', message: stationLine('folderQuotaUsed') },
  ENOENT: { kind: 'offline', message: stationLine('folderMissing') },
  ENOTDIR: { kind: 'offline', message: stationLine('folderNoFolder') },
  EACCES: { kind: 'offline', message: stationLine('folderNoPermission') },
  EPERM: { kind: 'offline', message: stationLine('folderNoPermission') },
  EROFS: { kind: 'offline', message: stationLine('folderReadOnly') },
  ESTALE: { kind: 'offline', message: stationLine('folderShareLost') },
  EFBIG: { kind: 'file', message: stationLine('folderFileTooLarge') },
  ENAMETOOLONG: { kind: 'file', message: stationLine('folderNameTooLong') },
  EINVAL: { kind: 'file', message: stationLine('folderNameRefused') },
  EILSEQ: { kind: 'file', message: stationLine('folderNameRefused') },
  EBUSY: { kind: 'local', message: stationLine('fileInUse') },
  ETXTBSY: { kind: 'local', message: stationLine('fileInUse') },
  EMFILE: { kind: 'local', message: stationLine('tooManyFiles') },
  ENFILE: { kind: 'local', message: stationLine('tooManyFiles') },
  ENOMEM: { kind: 'local', message: stationLine('outOfMemory') },
};

/** The meaning of an error code of the operating system. A code that is not known here is taken for a lost share. */
export const folderFailure = (code: string): FolderFailure =>
  known[code] ?? { kind: 'offline', message: stationLine('folderUnreachable', { code }) };

/** What an unmounted share looks like; see `folder-identity.ts`. Its message is how a person's word for the folder is recognised. */
export const otherVolume: FolderFailure = {
  kind: 'offline',
  message: stationLine('otherVolume'),
};

/** A program that reads the file keeps it from being moved on Windows and SMB. */
export const isInUse = (code: string): boolean => ['EBUSY', 'ETXTBSY', 'EACCES', 'EPERM'].includes(code);
