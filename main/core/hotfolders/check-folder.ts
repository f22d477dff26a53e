import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  statfsSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { OutcomeFolders } from '../../contract/hot-folders.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { folderFailure } from './folder-failure.ts';
import { readOutcomes } from './read-outcomes.ts';

export interface CheckStep {
  readonly step: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface FolderCheck {
  readonly ok: boolean;
  readonly steps: readonly CheckStep[];
  readonly freeBytes: number | null;
  /** How long writing, flushing, renaming, listing and deleting a small file took. */
  readonly latencyMs: number | null;
}

const testContent = Buffer.from('Platen checks this hot folder.\n');

const discard = (path: string): void => {
  try {
    unlinkSync(path);
  } catch {
    // It was renamed, deleted, or never written.
  }
};

const causeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? folderFailure(error.code).message
    : error instanceof Error
      ? error.message
      : String(error);

/** Without any of its outcome folders a RIP tells nothing; some of them it may make when they are needed. */
const lookForOutcomes = (folder: string, { accepted, failed }: OutcomeFolders): string => {
  const { missing } = readOutcomes(folder, { accepted, failed }, []);
  const found = [...accepted, ...failed].filter((name) => !missing.includes(name));
  if (found.length === 0) throw new Error(`none of these folders is in it: ${missing.join(', ')}`);
  return `found ${found.join(', ')}${missing.length === 0 ? '' : `; not there: ${missing.join(', ')}`}`;
};

/** Does what a hand-over does, with a small file under names that no RIP takes. Stops at the first step that fails. */
export const checkFolder = async ({
  folder,
  token,
  outcomeFolders,
}: {
  readonly folder: string;
  /** Keeps two checks at the same time apart. */
  readonly token: string;
  /** Where the RIP is to tell what became of a file. */
  readonly outcomeFolders: OutcomeFolders;
}): Promise<FolderCheck> => {
  const steps: CheckStep[] = [];
  const written = join(folder, `.platen-check-${token}.part`);
  const renamed = join(folder, `.platen-check-${token}-renamed.part`);

  const attempt = (step: string, act: () => string): boolean => {
    try {
      steps.push({ step, ok: true, detail: act() });
      return true;
    } catch (error) {
      steps.push({ step, ok: false, detail: causeOf(error) });
      return false;
    }
  };

  const write = (): string => {
    const handle = openSync(
      written,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0),
    );
    try {
      writeSync(handle, testContent);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    return stationLine('writeDone');
  };

  let freeBytes: number | null = null;
  let latencyMs: number | null = null;
  try {
    const reachable = attempt(stationLine('stepFolder'), () => {
      if (!statSync(folder).isDirectory()) throw new Error(stationLine('pathNoFolder'));
      accessSync(folder, constants.R_OK);
      return folder;
    });
    if (reachable) {
      const startedMs = performance.now();
      const works =
        attempt(stationLine('stepWrite'), write) &&
        attempt(stationLine('stepRename'), () => {
          renameSync(written, renamed);
          return stationLine('renameDone');
        }) &&
        attempt(stationLine('stepList'), () => {
          const names = readdirSync(folder);
          if (!names.includes(`.platen-check-${token}-renamed.part`)) throw new Error(stationLine('notListed'));
          return stationLine('otherEntries', { count: names.length - 1 });
        }) &&
        attempt(stationLine('stepDelete'), () => {
          unlinkSync(renamed);
          return stationLine('deleteDone');
        });
      if (works) latencyMs = Math.round(performance.now() - startedMs);
      attempt(stationLine('stepSpace'), () => {
        const volume = statfsSync(folder);
        freeBytes = volume.bavail * volume.bsize;
        return stationLine('spaceFree', { gigabytes: Math.round(freeBytes / 1e8) / 10 });
      });
      if (outcomeFolders.accepted.length + outcomeFolders.failed.length > 0) {
        attempt(stationLine('stepOutcome'), () => lookForOutcomes(folder, outcomeFolders));
      }
    }
  } finally {
    discard(written);
    discard(renamed);
  }
  return { ok: steps.every((step) => step.ok), steps, freeBytes, latencyMs };
};
