import { expect, test } from 'vitest';
import {
  draftOfFolder,
  newFolderDraft,
  settingsOfDraft,
  slugOf,
} from '../../../../../renderer/features/hot-folders/folder-draft.ts';
import { sampleHotFolder } from '../../../../contract/stand-in/sample-views.ts';

test('a new hot folder gets its id from its name, and never one that is taken', () => {
  expect(slugOf('HP Indigo 12000', [])).toBe('hp-indigo-12000');
  expect(slugOf('Großformat – Ø 3 m', [])).toMatch(/^[a-z0-9][a-z0-9-]*$/);
  expect(slugOf('HP Indigo', ['hp-indigo', 'hp-indigo-2'])).toBe('hp-indigo-3');
  expect(slugOf('…', [])).toBe('folder');
});

test('a folder that is edited without a change is saved as it was', () => {
  const folder = sampleHotFolder({
    accepts: { platforms: ['cloudprinter'], connections: ['cp'], roles: ['cover'], products: ['textbook_*', 'a'] },
  });
  const { id, name, path, mode, accepts, pollSeconds, pickUpAlarmSeconds } = folder;
  expect(settingsOfDraft(draftOfFolder(folder), [id], folder)).toEqual({
    id,
    name,
    path,
    mode,
    accepts,
    pollSeconds,
    pickUpAlarmSeconds,
  });
});

test('product codes are typed with commas, and minutes become seconds', () => {
  const settings = settingsOfDraft(
    { ...newFolderDraft, name: 'A', path: ' /mnt/a ', products: 'x, , y* ', pickUpAlarmMinutes: 2.5 },
    [],
    null,
  );
  expect(settings.accepts.products).toEqual(['x', 'y*']);
  expect(settings.path).toBe('/mnt/a');
  expect(settings.pickUpAlarmSeconds).toBe(150);
});
