import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { join, parse } from 'node:path';
import type { OutcomeFolders } from '../../contract/hot-folders.ts';
import { checkFolder } from './check-folder.ts';
import type { FolderIdentity } from './folder-identity.ts';
import { isNoise, namesShown } from './folder-listing.ts';
import type { OperationControl } from './operation-control.ts';
import { sameName, type WantedFile } from './outcome-match.ts';
import { readOutcomes } from './read-outcomes.ts';
import { hashOfFile, stageCopy } from './stage-copy.ts';

/**
 * What a lane does on the file system. All of it runs in the lane's own thread, with synchronous calls on purpose:
 * Node's asynchronous ones share four threads, and two shares that hang would hold them all. This way a share that
 * hangs stops nothing but its own lane, and no hash is computed on the main thread.
 */

interface InFolder {
  readonly folder: string;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';

/** Whether something of this name is there, a dangling link too. */
const exists = (path: string): boolean => {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
};

const identityOf = (folder: string): FolderIdentity => {
  const stat = statSync(folder, { bigint: true });
  if (!stat.isDirectory()) throw Object.assign(new Error(`${folder} is not a folder`), { code: 'ENOTDIR' });
  return { device: String(stat.dev), inode: String(stat.ino) };
};

/** Writes the folder's own entries to disk, where the system knows how (Windows does not). */
const syncFolder = (folder: string): void => {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The file itself is on disk; only the moment at which its name is depends on the system now.
  }
};

const removeIfThere = (path: string): void => {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
};

const numbered = (fileName: string, number: number): string => {
  if (number === 1) return fileName;
  const { name, ext } = parse(fileName);
  return `${name} (${number})${ext}`;
};

const freeNameIn = (folder: string, fileName: string, taken: ReadonlySet<string>): string => {
  let number = 1;
  while (taken.has(numbered(fileName, number).toLowerCase()) || exists(join(folder, numbered(fileName, number)))) {
    number += 1;
  }
  return numbered(fileName, number);
};

/** The names that Platen gives while it copies: hidden, and with an extension that no RIP takes. */
const temporaryNamePattern = /^\.platen-.*\.part$/u;

export const folderOperations = {
  identify: async ({ folder }: InFolder): Promise<FolderIdentity> => identityOf(folder),

  realPath: async ({ folder }: InFolder): Promise<string> => realpathSync(folder),

  /**
   * One listing: which of `names` are gone, which temporary names are there, and which files are not among `ours`
   * (`others`, the first of them by name). A name that the listing lacks is asked for once more by itself, because a share may list
   * names in another form or case. The outcome folders are listed after it, so that a file that left is not missed
   * there, and only for files that do not lie in the folder any more. Throws when the folder was replaced in the middle.
   */
  look: async ({
    folder,
    names,
    ours,
    outcomeFolders,
    wanted,
  }: InFolder & {
    readonly names: readonly string[];
    readonly ours: readonly string[];
    readonly outcomeFolders: OutcomeFolders;
    readonly wanted: readonly WantedFile[];
  }) => {
    const identity = identityOf(folder);
    const entries = readdirSync(folder, { withFileTypes: true });
    const listed = new Set(entries.map((entry) => entry.name));
    const gone = names.filter((name) => !listed.has(name) && !exists(join(folder, name)));
    const own = new Set(ours.map(sameName));
    const others = entries
      .filter((entry) => !entry.isDirectory() && !isNoise(entry.name) && !own.has(sameName(entry.name)))
      .map((entry) => entry.name)
      .toSorted();
    const left = new Set(gone);
    const lying = new Set(names.filter((name) => !left.has(name)));
    const outcomes = readOutcomes(
      folder,
      outcomeFolders,
      wanted.filter(({ fileName }) => !lying.has(fileName)),
    );
    const after = identityOf(folder);
    if (after.inode !== identity.inode || after.device !== identity.device) {
      throw Object.assign(new Error('the folder was replaced while it was listed'), { code: 'ESTALE' });
    }
    return {
      identity,
      gone,
      temporaryNames: [...listed].filter((name) => temporaryNamePattern.test(name)),
      others: { names: others.slice(0, namesShown), count: others.length },
      outcomes,
    };
  },

  /** Copies a file under its temporary name, flushes it, reads it back and compares. */
  stage: async (input: Parameters<typeof stageCopy>[0], control: OperationControl) => {
    const outcome = await stageCopy(input, control);
    if (outcome.kind === 'staged') syncFolder(input.folder);
    return outcome;
  },

  /**
   * The first of `a.pdf`, `a (2).pdf`, `a (3).pdf` … that is neither there nor among `avoid` (lower case), and what lies
   * in the outcome folders under such a name already.
   */
  freeName: async ({
    folder,
    fileName,
    avoid,
    outcomeFolders,
  }: InFolder & {
    readonly fileName: string;
    readonly avoid: readonly string[];
    readonly outcomeFolders: OutcomeFolders;
  }): Promise<{ readonly fileName: string; readonly seenBefore: readonly string[] }> => ({
    fileName: freeNameIn(folder, fileName, new Set(avoid)),
    seenBefore: readOutcomes(folder, outcomeFolders, [{ id: 0, fileName }]).sightings.map(({ mark }) => mark),
  }),

  /**
   * Gives a staged file its final name, unless that is taken. A rename, not a link and an unlink: the file is under
   * exactly one of its two names at any moment, so that after a crash the temporary name proves that nobody took it,
   * and a RIP that opens the file at once is not in the way of the second step.
   */
  publish: async ({
    folder,
    temporaryName,
    fileName,
  }: InFolder & { readonly temporaryName: string; readonly fileName: string }): Promise<'published' | 'nameTaken'> => {
    const target = join(folder, fileName);
    if (exists(target)) return 'nameTaken';
    renameSync(join(folder, temporaryName), target);
    syncFolder(folder);
    return 'published';
  },

  /** What a crash left: is the temporary name there, and what lies under the final one? */
  inspect: async (
    {
      folder,
      temporaryName,
      fileName,
      sha256,
    }: InFolder & { readonly temporaryName: string; readonly fileName: string; readonly sha256: string },
    control: OperationControl,
  ): Promise<{ readonly temporary: boolean; readonly final: 'absent' | 'same' | 'other' }> => {
    identityOf(folder);
    const temporary = exists(join(folder, temporaryName));
    const path = join(folder, fileName);
    try {
      if (!lstatSync(path).isFile()) return { temporary, final: 'other' };
      return { temporary, final: (await hashOfFile(path, control)) === sha256 ? 'same' : 'other' };
    } catch (error) {
      // Also when the RIP takes it while it is read.
      if (codeOf(error) !== 'ENOENT') throw error;
      return { temporary, final: 'absent' };
    }
  },

  /**
   * Takes a file out of the RIP's sight in one step, then makes sure that it is the one. Another file gets its name
   * back. The caller deletes the temporary name once that is written down.
   */
  takeBack: async (
    {
      folder,
      temporaryName,
      fileName,
      sha256,
    }: InFolder & { readonly temporaryName: string; readonly fileName: string; readonly sha256: string },
    control: OperationControl,
  ): Promise<'taken' | 'gone' | 'other'> => {
    identityOf(folder);
    const final = join(folder, fileName);
    const temporary = join(folder, temporaryName);
    try {
      renameSync(final, temporary);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return 'gone';
      throw error;
    }
    if ((await hashOfFile(temporary, control)) === sha256) return 'taken';
    renameSync(temporary, join(folder, freeNameIn(folder, fileName, new Set())));
    return 'other';
  },

  remove: async ({ folder, temporaryName }: InFolder & { readonly temporaryName: string }): Promise<void> => {
    identityOf(folder);
    removeIfThere(join(folder, temporaryName));
  },

  check: checkFolder,
} as const;

export type FolderOperations = typeof folderOperations;
