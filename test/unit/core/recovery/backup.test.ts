import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../../main/contract/failure.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import type { Logger } from '../../../../main/core/ports/logger.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { BackupSchedule } from '../../../../main/core/recovery/backup-schedule.ts';
import { rollBackups, writeBackup } from '../../../../main/core/recovery/write-backup.ts';
import { DeletionClock } from '../../../../main/core/retention/deletion-clock.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { createSettableClock } from '../../../support/settable-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 5, 8);

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.catch((reason: unknown) => reason);
  return error instanceof ContractError ? error.code : 'none';
};

describe('a backup', () => {
  it('made while orders keep coming is complete, sound and of one moment', { timeout: 60_000 }, async () => {
    const { store } = await openTestStore();
    const connection = (await connectTo(store)).find('shop');
    if (connection === null) throw new Error('no connection');
    let number = 0;
    let writing = true;
    const accept = () => {
      number += 1;
      const order = sampleOrder(`A${number}`, 3);
      return store.write((transaction) =>
        acceptOrder(transaction, { connection, order, nameTemplate: '{order}_{item}', nowMs: 0, by: 'platform' }),
      );
    };
    for (let batch = 0; batch < 10; batch += 1) await Promise.all(Array.from({ length: 50 }, accept));
    const before = number;
    const writer = (async () => {
      while (writing) await accept();
    })();
    const path = join(await temporaryFolder(), 'copy.db');
    const { bytes } = await writeBackup(store, path);
    writing = false;
    await writer;
    expect(bytes).toBe((await stat(path)).size);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const copy = new Database(path, { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.pragma('foreign_key_check')).toEqual([]);
    const count = (table: string): number => Number(copy.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    const orders = count('orders');
    expect(orders).toBeGreaterThanOrEqual(before);
    expect(orders).toBeLessThanOrEqual(number);
    expect([count('items'), count('files'), count('outbox')]).toEqual([orders * 3, orders * 3, orders * 3]);
    copy.close();
    // The station can start from it.
    const restored = join(await temporaryFolder(), 'platen.db');
    await writeFile(restored, await readFile(path));
    const store2 = await Store.open(restored);
    expect(await store2.read.selectFrom('orders').select('id').where('id', '=', 1).execute()).toHaveLength(1);
    await store2.close();
  });

  it('needs an absolute path in a folder that is there, to a file that is not', async () => {
    const { store } = await openTestStore();
    const folder = await temporaryFolder();
    const path = join(folder, 'copy.db');
    expect(await codeOf(writeBackup(store, 'copy.db'))).toBe('invalidInput');
    expect(await codeOf(writeBackup(store, join(folder, 'missing', 'copy.db')))).toBe('invalidInput');
    await writeBackup(store, path);
    expect(await codeOf(writeBackup(store, path))).toBe('conflict');
    expect(await readdir(folder)).toEqual(['copy.db']);
  });

  it('is not stopped by the rest of one that was cut off', async () => {
    const { store } = await openTestStore();
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'copy.db.part'), 'half a database');
    await writeBackup(store, join(folder, 'copy.db'));
    expect(await readdir(folder)).toEqual(['copy.db']);
  });

  it('leaves nothing behind when it fails', async () => {
    const { store } = await openTestStore();
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'copy.db.part', 'in the way'), { recursive: true });
    expect(await codeOf(writeBackup(store, join(folder, 'copy.db')))).toBe('unavailable');
    expect(await readdir(folder)).toEqual(['copy.db.part']);
  });
});

describe('the rolling backups', () => {
  it('are one a day, and the last seven', { timeout: 60_000 }, async () => {
    const { store } = await openTestStore();
    const folder = join(await temporaryFolder(), 'backups');
    const made: boolean[] = [];
    for (let hour = 0; hour <= 10 * 24; hour += 12)
      made.push(await rollBackups({ store, folder, nowMs: startMs + hour * 3_600_000, keepDays: 30 }));
    expect(made.filter(Boolean)).toHaveLength(11);
    expect((await readdir(folder)).toSorted()).toEqual(
      [9, 10, 11, 12, 13, 14, 15].map((day) => `platen-202601${String(day).padStart(2, '0')}-080000.db`),
    );
  });

  it('are none older than personal data are kept, and the newest always stays', { timeout: 60_000 }, async () => {
    const { store } = await openTestStore();
    const folder = await temporaryFolder();
    const roll = (day: number) => rollBackups({ store, folder, nowMs: startMs + day * dayMs, keepDays: 2 });
    for (let day = 0; day < 5; day += 1) await roll(day);
    expect((await readdir(folder)).toSorted()).toEqual([7, 8, 9].map((day) => `platen-2026010${day}-080000.db`));
    // A station that was off for a month deletes the old ones only once it has a new one.
    await roll(35);
    expect(await readdir(folder)).toEqual(['platen-20260209-080000.db']);
  });

  it('are checked: one that is cut off by a kill goes with the next look, and good ones stay', {
    timeout: 60_000,
  }, async () => {
    const { store } = await openTestStore();
    const folder = await temporaryFolder();
    await rollBackups({ store, folder, nowMs: startMs, keepDays: 30 });
    await writeFile(join(folder, 'platen-20260105-090000.db.part'), 'half');
    expect(await rollBackups({ store, folder, nowMs: startMs + 3_600_000, keepDays: 30 })).toBe(false);
    expect(await readdir(folder)).toEqual(['platen-20260105-080000.db']);
    // The copy of a damaged database is no backup: nothing is kept of it, and nothing is deleted for it.
    const damaged = { backup: async (path: string) => writeFile(path, 'no database'.repeat(1000)) };
    expect(await codeOf(writeBackup(damaged, join(folder, 'copy.db')))).toBe('unavailable');
    expect(await readdir(folder)).toEqual(['platen-20260105-080000.db']);
  });

  it('leave other files of the folder alone', async () => {
    const { store } = await openTestStore();
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'before-the-move.db'), 'mine');
    for (let day = 0; day < 9; day += 1)
      await rollBackups({ store, folder, nowMs: startMs + day * dayMs, keepDays: 30 });
    expect(await readdir(folder)).toContain('before-the-move.db');
    expect(await readdir(folder)).toHaveLength(8);
  });

  it('of seven days are still there a day after the clock was set a year ahead, and when it is set back', {
    timeout: 60_000,
  }, async () => {
    const { store } = await openTestStore();
    const folder = await temporaryFolder();
    const clock = createSettableClock();
    const deletionClock = new DeletionClock({ store, clock, logger: silentLogger });
    const days = async (): Promise<readonly string[]> =>
      (await readdir(folder)).map((name) => name.slice(7, 15)).toSorted();
    const rollHourly = async (hours: number): Promise<void> => {
      for (let hour = 0; hour < hours; hour += 1) {
        await rollBackups({ store, folder, nowMs: await deletionClock.nowMs(), keepDays: 30 });
        await clock.advance(3_600_000);
      }
    };
    for (let day = 0; day < 7; day += 1) {
      await rollHourly(1);
      await clock.advance(23 * 3_600_000);
    }
    const january = (from: number): readonly string[] =>
      Array.from({ length: 7 }, (_, day) => `202601${String(from + day).padStart(2, '0')}`);
    expect(await days()).toEqual(january(5));
    clock.setAhead(365 * dayMs);
    await rollHourly(24);
    expect(await days()).toEqual(january(6));
    clock.setAhead(0);
    await rollHourly(24);
    expect(await days()).toEqual(january(7));
    // The control: by the clock that leapt itself they would all have gone but the new one.
    await rollBackups({ store, folder, nowMs: clock.nowMs() + 365 * dayMs, keepDays: 30 });
    expect(await days()).toHaveLength(1);
    // That one seems to come from the future now; those of other days have not to go for one at each look.
    await rollHourly(30);
    expect(await days()).toHaveLength(3);
  });

  it('begin soon after the start and stop with the station; a failure is one line in the log', async () => {
    const { store } = await openTestStore();
    const folder = await temporaryFolder();
    const errors: string[] = [];
    const logger: Logger = { ...silentLogger, error: (line) => errors.push(line) };
    await writeFile(join(folder, 'backups'), 'a file where the folder should be');
    const clock = createFakeClock();
    const partsBy = (by: FakeClock) => ({
      store,
      keepDays: () => 30,
      clock: by,
      deletionClock: { nowMs: async () => by.nowMs() },
    });
    const schedule = new BackupSchedule({ ...partsBy(clock), logger: silentLogger, folder: join(folder, 'good') });
    schedule.start();
    await clock.advance(0);
    await schedule.stop();
    expect(await readdir(join(folder, 'good'))).toHaveLength(1);
    await clock.advance(3 * dayMs);
    expect(await readdir(join(folder, 'good'))).toHaveLength(1);
    const failingClock = createFakeClock();
    const failing = new BackupSchedule({ ...partsBy(failingClock), logger, folder: join(folder, 'backups') });
    failing.start();
    await failingClock.advance(0);
    await failing.stop();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^no backup: [^\n]+$/);
  });
});
