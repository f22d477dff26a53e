import { expect, test } from 'vitest';
import {
  draftFault,
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
    accepts: {
      platforms: ['cloudprinter'],
      connections: ['cp'],
      roles: ['cover'],
      products: ['textbook_*', 'a'],
      pages: { least: 1, most: 8 },
      trim: { widthMm: 148, heightMm: 210, toleranceMm: 0.5 },
    },
    preset: 'own',
    outcome: { accepted: ['Done', 'Done with a warning'], failed: ['Not done'] },
  });
  const { id, name, path, mode, accepts, preset, outcome, pollSeconds, pickUpAlarmSeconds } = folder;
  expect(settingsOfDraft(draftOfFolder(folder), [id], folder)).toEqual({
    id,
    name,
    path,
    mode,
    accepts,
    preset,
    outcome,
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

const draft = { ...newFolderDraft, name: 'A', path: '/mnt/a' };

test('of the page numbers one end may be left open, and comes back empty', () => {
  const { accepts } = settingsOfDraft({ ...draft, leastPages: 24 }, [], null);
  expect(accepts.pages).toEqual({ least: 24, most: 1_000_000 });
  expect(draftOfFolder(sampleHotFolder({ accepts }))).toMatchObject({ leastPages: 24, mostPages: null });
  expect(settingsOfDraft(draft, [], null).accepts).not.toHaveProperty('pages');
});

test('folders of one’s own are kept only for the preset that reads them', () => {
  const typed = { ...draft, acceptedFolders: 'Done, ', failedFolders: 'Bad' };
  expect(settingsOfDraft({ ...typed, preset: 'own' }, [], null).outcome).toEqual({
    accepted: ['Done'],
    failed: ['Bad'],
  });
  expect(settingsOfDraft({ ...typed, preset: 'prinergy' }, [], null).outcome).toEqual({ accepted: [], failed: [] });
});

test('what is missing or does not go together keeps it from being saved', () => {
  expect(draftFault(draft)).toBeNull();
  expect(draftFault({ ...draft, path: ' ' })).toBe('missing');
  expect(draftFault({ ...draft, leastPages: 9, mostPages: 8 })).toBe('pages');
  expect(draftFault({ ...draft, widthMm: 210 })).toBe('trim');
  expect(draftFault({ ...draft, preset: 'own' })).toBe('outcome');
  expect(draftFault({ ...draft, preset: 'own', failedFolders: 'Bad' })).toBeNull();
});
