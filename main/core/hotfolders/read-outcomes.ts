import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HandoverOutcome, OutcomeFolders } from '../../contract/hot-folders.ts';
import { matchNames, type WantedFile } from './outcome-match.ts';

/** A file in an outcome folder whose name is that of one of ours. */
export interface OutcomeSighting {
  readonly id: number;
  readonly outcome: HandoverOutcome;
  readonly folder: string;
  readonly name: string;
  readonly exact: boolean;
  /** Tells this file from another of the same name, and from itself written anew. */
  readonly mark: string;
}

export interface OutcomeReading {
  readonly sightings: readonly OutcomeSighting[];
  /** The outcome folders that are not there, or are no folders of their own. */
  readonly missing: readonly string[];
}

/** Whether there is a folder; a link is none, as it may lead anywhere. */
const isFolder = (path: string): boolean => {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
};

/** The plain files of a folder; none when it cannot be listed now. */
const plainFilesIn = (path: string): readonly string[] => {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
};

/** Size and time, not the number of the file: some shares number their files anew with each mount. */
const markOf = (hotFolder: string, folder: string, name: string): string | null => {
  try {
    const stat = lstatSync(join(hotFolder, folder, name));
    return stat.isFile() ? `${folder}/${name} ${stat.size} ${Math.floor(stat.mtimeMs / 1000)}` : null;
  } catch {
    return null;
  }
};

/** Looks into the outcome folders of a hot folder, once each and not below them, for names of ours. */
export const readOutcomes = (
  hotFolder: string,
  folders: OutcomeFolders,
  wanted: readonly WantedFile[],
): OutcomeReading => {
  const missing: string[] = [];
  const sightings: OutcomeSighting[] = [];
  for (const outcome of ['accepted', 'failed'] as const) {
    for (const folder of folders[outcome]) {
      const path = join(hotFolder, folder);
      if (!isFolder(path)) {
        missing.push(folder);
        continue;
      }
      // It may hold tens of thousands of files, so it is listed only for a reason.
      const names = wanted.length === 0 ? [] : plainFilesIn(path);
      for (const match of matchNames(wanted, names)) {
        const mark = markOf(hotFolder, folder, match.name);
        if (mark !== null) sightings.push({ ...match, outcome, folder, mark });
      }
    }
  }
  return { sightings, missing };
};
