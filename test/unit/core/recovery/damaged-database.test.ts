import { copyFile, mkdir, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { stateOfLog } from '../../../../main/core/recovery/log-damage.ts';
import { openStationStore } from '../../../../main/core/recovery/open-station-store.ts';
import { readRecoveryNote } from '../../../../main/core/recovery/recovery-note.ts';
import { rollBackups } from '../../../../main/core/recovery/write-backup.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { makeTemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { connectTo } from '../../../support/test-store.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 5, 8);

/** Mulberry32: the same positions in each run. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const accept = async (store: Store, from: number, to: number): Promise<void> => {
  const connection = (await connectTo(store)).find('shop');
  if (connection === null) throw new Error('no connection');
  for (let number = from; number <= to; number += 1) {
    const order = sampleOrder(`A${number}`, 2);
    await store.write((transaction) =>
      acceptOrder(transaction, { connection, order, nameTemplate: '{order}_{item}', nowMs: startMs, by: 'platform' }),
    );
  }
};

/** A data folder as a kill leaves it: 30 orders, of which the newest good backup knows 20, the older one 10. */
let template: string;

beforeAll(async () => {
  const { path } = await makeTemporaryFolder();
  template = path;
  const store = await Store.open(join(path, 'platen.db'));
  const folder = join(path, 'backups');
  await accept(store, 1, 10);
  await rollBackups({ store, folder, nowMs: startMs, keepDays: 30 });
  await accept(store, 11, 20);
  await rollBackups({ store, folder, nowMs: startMs + dayMs, keepDays: 30 });
  await accept(store, 21, 30);
  // What a kill leaves is taken while the database is open: its log is not merged.
  const killed = join(path, 'killed');
  await mkdir(killed);
  for (const name of ['platen.db', 'platen.db-wal']) await copyFile(join(path, name), join(killed, name));
  await store.close();
  return async () => rm(path, { recursive: true, force: true });
});

interface Damaged {
  readonly folder: string;
  readonly database: string;
  readonly lines: string[];
  open(): Promise<Store>;
}

const damagedFolder = async (damage: (database: string) => Promise<void>, from = template): Promise<Damaged> => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'backups'));
  for (const name of await readdir(join(template, 'backups'))) {
    await copyFile(join(template, 'backups', name), join(folder, 'backups', name));
  }
  const database = join(folder, 'platen.db');
  await copyFile(join(from, 'platen.db'), database);
  if (from !== template) await copyFile(join(from, 'platen.db-wal'), `${database}-wal`);
  await damage(database);
  const lines: string[] = [];
  return {
    folder,
    database,
    lines,
    open: async () => {
      const store = await openStationStore({
        dataFolder: folder,
        nowMs: startMs + 2 * dayMs,
        onRecovered: (line) => lines.push(line),
      });
      onTestFinished(() => store.close());
      return store;
    },
  };
};

const ordersIn = async (store: Store): Promise<number> =>
  (await store.read.selectFrom('orders').select('id').execute()).length;

const flip = async (path: string, positions: readonly number[]): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    for (const position of positions) {
      const byte = Buffer.alloc(1);
      await file.read(byte, 0, 1, position);
      await file.write(Buffer.from([(byte[0] ?? 0) ^ 0xa5]), 0, 1, position);
    }
  } finally {
    await file.close();
  }
};

const garbage = (seed: number, bytes: number): Buffer => {
  const random = randomFrom(seed);
  return Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256)));
};

describe('a corrupted database is moved aside, the newest good backup takes its place', () => {
  const cases: readonly (readonly [string, (database: string) => Promise<void>])[] = [
    ['garbage in the header', (database) => flip(database, [0, 1, 2, 3, 16, 17, 18, 19])],
    [
      'a page of garbage in the middle',
      async (database) => {
        const file = await open(database, 'r+');
        const { size } = await file.stat();
        const page = Math.floor(size / 4096 / 2);
        await file.write(garbage(7, 4096), 0, 4096, page * 4096);
        await file.write(garbage(8, 4096), 0, 4096, 4096);
        await file.close();
      },
    ],
    ['cut off in the middle', async (database) => truncate(database, Math.floor((await stat(database)).size / 2))],
    ['cut off within its header', (database) => truncate(database, 60)],
    ['empty', (database) => truncate(database, 0)],
    ['missing', (database) => rm(database)],
    ['no database at all', (database) => writeFile(database, 'a letter to the shop\n'.repeat(500))],
  ];

  it.each(cases)('when it is %s', { timeout: 30_000 }, async (_what, damage) => {
    const damaged = await damagedFolder(damage);
    const before = await readFile(damaged.database).catch(() => null);
    const store = await damaged.open();
    expect(await ordersIn(store)).toBe(20);
    expect(await readRecoveryNote(store.read)).toMatchObject({
      kind: 'backup',
      from: 'platen-20260106-080000.db',
      handled: false,
    });
    expect(damaged.lines).toHaveLength(1);
    expect(damaged.lines[0]).toMatch(/restored from platen-20260106-080000\.db with 20 orders.*platen restore$/);
    expect(damaged.lines[0]).not.toContain('\n');
    // What was there is there still, byte for byte.
    const aside = await readdir(join(damaged.folder, 'set-aside')).catch((): string[] => []);
    if (before === null) expect(aside).toEqual([]);
    else expect(await readFile(join(damaged.folder, 'set-aside', aside[0] ?? '', 'platen.db'))).toEqual(before);
    expect(await readdir(damaged.folder)).not.toContain('restoring');
  });

  it('by the next older one when the newest is damaged, too', { timeout: 30_000 }, async () => {
    const damaged = await damagedFolder((database) => truncate(database, 5000));
    await flip(join(damaged.folder, 'backups', 'platen-20260106-080000.db'), [0, 1, 2, 3]);
    const store = await damaged.open();
    expect(await ordersIn(store)).toBe(10);
    expect(damaged.lines[0]).toContain('platen-20260105-080000.db');
  });

  it('and with no good backup nothing is moved, and one line says what to do', { timeout: 30_000 }, async () => {
    const damaged = await damagedFolder((database) => truncate(database, 5000));
    for (const name of await readdir(join(damaged.folder, 'backups'))) {
      await truncate(join(damaged.folder, 'backups', name), 3000);
    }
    await expect(damaged.open()).rejects.toThrow(/no backup is good .*nothing was changed.*platen restore FILE/);
    expect((await stat(damaged.database)).size).toBe(5000);
    await rm(join(damaged.folder, 'backups'), { recursive: true });
    await expect(damaged.open()).rejects.toThrow('there is no backup');
  });

  it('a new station without a database or a backup just starts', async () => {
    const folder = await temporaryFolder();
    const lines: string[] = [];
    const store = await openStationStore({
      dataFolder: folder,
      nowMs: startMs,
      onRecovered: (line) => lines.push(line),
    });
    expect(await ordersIn(store)).toBe(0);
    await store.close();
    expect(lines).toEqual([]);
  });

  it('bytes flipped at seeded places never keep it from starting with orders that are whole', {
    timeout: 60_000,
  }, async () => {
    const random = randomFrom(20_260_105);
    const { size } = await stat(join(template, 'platen.db'));
    for (let round = 0; round < 8; round += 1) {
      const inHeader = round % 3 === 0;
      const positions = Array.from({ length: inHeader ? 3 : 40 }, () => Math.floor(random() * (inHeader ? 100 : size)));
      const damaged = await damagedFolder((database) => flip(database, positions));
      const store = await damaged.open();
      const orders = await ordersIn(store);
      // Either SQLite's check found it, or what was flipped is in nobody's way.
      expect([round, damaged.lines.length, orders]).toEqual([
        round,
        damaged.lines.length,
        damaged.lines.length > 0 ? 20 : 30,
      ]);
      await store.close();
    }
  });
});

describe('the write-ahead log', () => {
  const killed = () => join(template, 'killed');

  it('that a kill left is read whole', { timeout: 30_000 }, async () => {
    const damaged = await damagedFolder(async () => undefined, killed());
    const store = await damaged.open();
    expect([await ordersIn(store), damaged.lines]).toEqual([30, []]);
  });

  it('with a damaged place in the middle is cut there, and the station says that changes are lost', {
    timeout: 30_000,
  }, async () => {
    const damaged = await damagedFolder(async (database) => {
      const { size } = await stat(`${database}-wal`);
      await flip(`${database}-wal`, [Math.floor(size / 2)]);
    }, killed());
    const store = await damaged.open();
    expect(await ordersIn(store)).toBeLessThan(30);
    expect(damaged.lines).toEqual([expect.stringMatching(/log of the database was damaged and the last \d+ changes/)]);
    expect(await readRecoveryNote(store.read)).toMatchObject({ kind: 'cutLog', handled: false });
    const [aside = ''] = await readdir(join(damaged.folder, 'set-aside'));
    expect(await readdir(join(damaged.folder, 'set-aside', aside))).toEqual(['platen.db-wal']);
  });

  it('with bytes flipped at seeded places never loses more than one change without a word', {
    timeout: 60_000,
  }, async () => {
    const random = randomFrom(77);
    for (let round = 0; round < 5; round += 1) {
      const damaged = await damagedFolder(async (database) => {
        const { size } = await stat(`${database}-wal`);
        await flip(`${database}-wal`, [Math.floor(random() * size)]);
      }, killed());
      const store = await damaged.open();
      const orders = await ordersIn(store);
      expect(
        orders >= 29 || damaged.lines.length === 1,
        `round ${round}: ${orders} orders, ${damaged.lines.join()}`,
      ).toBe(true);
      await store.close();
    }
  });

  it('whose end was torn by a power cut is no damage', async () => {
    const log = await readFile(join(killed(), 'platen.db-wal'));
    expect(stateOfLog(log)).toEqual({ kind: 'whole' });
    expect(stateOfLog(log.subarray(0, log.length - 1000))).toEqual({ kind: 'whole' });
    expect(stateOfLog(log.subarray(0, 20))).toEqual({ kind: 'whole' });
    const flipped = Buffer.from(log);
    flipped[4] = (flipped[4] ?? 0) ^ 0xff;
    expect(stateOfLog(flipped).kind).toBe('cut');
  });

  it('in which a full disk cut transactions off is no damage', { timeout: 30_000 }, async () => {
    const full = await damagedFolder(async (database) => {
      const { size } = await stat(`${database}-wal`);
      await flip(`${database}-wal`, [Math.floor(size / 2)]);
      await writeFile(`${database}-remnants`, '');
    }, killed());
    const store = await full.open();
    expect(full.lines).toEqual([]);
    expect(await readRecoveryNote(store.read)).toBeNull();
    expect(await readdir(full.folder)).not.toContain('platen.db-remnants');
  });

  it('of garbage beside a good database is no more than that', { timeout: 30_000 }, async () => {
    const damaged = await damagedFolder((database) => writeFile(`${database}-wal`, garbage(3, 50_000)));
    const store = await damaged.open();
    expect(await ordersIn(store)).toBe(30);
  });
});
