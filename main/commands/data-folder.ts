import { posix, win32 } from 'node:path';
import type { CommandIo } from './command-io.ts';

type Surroundings = Pick<CommandIo, 'environment' | 'platform' | 'homeFolder' | 'currentFolder'>;

/** The data folder, absolute: as given, else `PLATEN_DATA`, else the place where this system keeps a user's data. */
export const dataFolderOf = (given: string | undefined, io: Surroundings): string => {
  const paths = io.platform === 'win32' ? win32 : posix;
  return paths.resolve(io.currentFolder, given ?? filled(io.environment.PLATEN_DATA) ?? perUserFolder(io));
};

const perUserFolder = ({ environment, platform, homeFolder }: Surroundings): string => {
  if (platform === 'win32') {
    return win32.join(filled(environment.LOCALAPPDATA) ?? win32.join(homeFolder, 'AppData', 'Local'), 'Platen');
  }
  if (platform === 'darwin') return posix.join(homeFolder, 'Library', 'Application Support', 'Platen');
  return posix.join(filled(environment.XDG_DATA_HOME) ?? posix.join(homeFolder, '.local', 'share'), 'platen');
};

/** A variable that is set to nothing counts as not set. */
const filled = (value: string | undefined): string | undefined => (value === '' ? undefined : value);
