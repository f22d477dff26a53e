import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../main/core/config/config-file.ts';
import { defaultSettings, lockedByConfig, SettingsBook } from '../../../../main/core/config/station-settings.ts';
import { openTestStore } from '../../../support/test-store.ts';

const config = (json: unknown) => parseConfig(JSON.stringify(json), 'c.json');

describe('the settings of the station', () => {
  it('are the defaults at first, and what was saved after that, also for the next start', async () => {
    const { store } = await openTestStore();
    const book = await SettingsBook.open(store, null, '/data');
    expect(book.current).toEqual(defaultSettings);
    expect(book.current.intake, 'nothing is open to others').toMatchObject({ enabled: false, host: '127.0.0.1' });
    await book.save({ ...defaultSettings, name: 'Site A', signals: { undoSeconds: 30 } });
    expect(book.current.name).toBe('Site A');
    const next = await SettingsBook.open(store, null, '/data');
    expect(next.current).toEqual({ ...defaultSettings, name: 'Site A', signals: { undoSeconds: 30 } });
  });

  it('are those of the config file where it says something, and saved ones elsewhere', async () => {
    const { store } = await openTestStore();
    await (await SettingsBook.open(store, null, '/data')).save({
      ...defaultSettings,
      name: 'Saved',
      files: { ...defaultSettings.files, concurrency: 9, keepDaysAfterShipped: 99 },
    });
    const book = await SettingsBook.open(store, config({ files: { concurrency: 2 } }), '/data');
    expect(book.current).toMatchObject({ name: 'Saved', files: { concurrency: 2, keepDaysAfterShipped: 99 } });
    expect(book.locked).toEqual(['files']);
  });

  it('name the certificate of the intake with its key, or neither', async () => {
    const { store } = await openTestStore();
    const tls = { certificateFile: '/etc/floor.pem', keyFile: '/etc/floor.key' };
    const book = await SettingsBook.open(store, config({ intake: { tls } }), '/data');
    expect(book.current.intake).toEqual({ enabled: true, host: '127.0.0.1', port: 8750, publicUrl: '', tls });
    expect(() => config({ intake: { tls: { certificateFile: '/etc/floor.pem' } } })).toThrow('intake.tls.keyFile');
  });

  it('keep what an older version saved, which knew fewer of them', async () => {
    const { store } = await openTestStore();
    const valueJson = JSON.stringify({ name: 'Old', files: { folder: '/mnt/files' } });
    await store.write(({ db }) => db.insertInto('settings').values({ key: 'station', valueJson }).execute());
    const book = await SettingsBook.open(store, null, '/data');
    expect(book.current).toEqual({
      ...defaultSettings,
      name: 'Old',
      files: { ...defaultSettings.files, folder: '/mnt/files' },
    });
  });

  it('name the groups that the config file decides', () => {
    expect(lockedByConfig(null)).toEqual([]);
    expect(lockedByConfig(config({}))).toEqual([]);
    expect(lockedByConfig(config({ name: 'A', intake: {}, files: {}, signals: {} }))).toEqual([
      'name',
      'intake',
      'files',
      'signals',
    ]);
  });
});
