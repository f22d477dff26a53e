import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { moment } from '../../contract/values.ts';

const stationFile = z.object({
  pid: z.number().int().positive(),
  url: z.url(),
  token: z.string().min(1),
  version: z.string(),
  startedAt: moment,
});

/** How the commands find a running station: `station.json` in its data folder, readable by its user alone. */
export type StationFile = z.infer<typeof stationFile>;

const pathIn = (dataFolder: string): string => join(dataFolder, 'station.json');

/** Replaces the file as a whole, so that a reader never sees half of one. */
export const writeStationFile = async (dataFolder: string, station: StationFile): Promise<void> => {
  const temporary = `${pathIn(dataFolder)}.tmp`;
  // A station that was killed right here has left one; a data folder has one station.
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(station, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, pathIn(dataFolder));
};

/** What the file says; null when there is none or it cannot be read. */
export const readStationFile = async (dataFolder: string): Promise<StationFile | null> => {
  try {
    const parsed = stationFile.safeParse(JSON.parse(await readFile(pathIn(dataFolder), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/** Removes the file of the station with this token; another station's stays. */
export const removeStationFile = async (dataFolder: string, token: string): Promise<void> => {
  if ((await readStationFile(dataFolder))?.token === token) await rm(pathIn(dataFolder), { force: true });
};
