import { describe, expect, it } from 'vitest';
import { dataFolderOf } from '../../../main/commands/data-folder.ts';

const linux = { environment: {}, platform: 'linux', homeFolder: '/home/o', currentFolder: '/work' } as const;
const windows = {
  environment: { LOCALAPPDATA: 'C:\\Users\\o\\AppData\\Local' },
  platform: 'win32',
  homeFolder: 'C:\\Users\\o',
  currentFolder: 'C:\\work',
} as const;

describe('the data folder', () => {
  it.each([
    ['as given', dataFolderOf('data', linux), '/work/data'],
    ['from the environment', dataFolderOf(undefined, { ...linux, environment: { PLATEN_DATA: '/srv/p' } }), '/srv/p'],
    ['given before the environment', dataFolderOf('/a', { ...linux, environment: { PLATEN_DATA: '/b' } }), '/a'],
    ['per user on Linux', dataFolderOf(undefined, linux), '/home/o/.local/share/platen'],
    ['in XDG_DATA_HOME', dataFolderOf(undefined, { ...linux, environment: { XDG_DATA_HOME: '/x' } }), '/x/platen'],
    [
      'where a variable is set to nothing',
      dataFolderOf(undefined, { ...linux, environment: { PLATEN_DATA: '', XDG_DATA_HOME: '' } }),
      '/home/o/.local/share/platen',
    ],
    [
      'per user on macOS',
      dataFolderOf(undefined, { ...linux, platform: 'darwin', homeFolder: '/Users/o' }),
      '/Users/o/Library/Application Support/Platen',
    ],
    ['per user on Windows', dataFolderOf(undefined, windows), 'C:\\Users\\o\\AppData\\Local\\Platen'],
    ['on another drive', dataFolderOf('D:\\platen', windows), 'D:\\platen'],
  ])('%s', (_case, folder, expected) => {
    expect(folder).toBe(expected);
  });
});
