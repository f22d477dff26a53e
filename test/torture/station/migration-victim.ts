import { watch } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { migrations } from '../../../main/core/store/migrations/migrations.ts';
import { integrityOf } from '../../support/scenario-database.ts';
import type { BuiltStation } from './build-station.ts';
import { StationRunner } from './station-runner.ts';
import type { ClockCourse } from './turned-clock.ts';

const orderCount = 500;
const longestStartMs = 3_000;

const makeOldDatabase = (path: string, nowMs: number): void => {
  const database = new Database(path);
  try {
    const [oldest] = migrations;
    for (const statement of oldest?.statements ?? []) database.exec(statement);
    database.pragma(`user_version = ${oldest?.number ?? 0}`);
    database
      .prepare(
        `INSERT INTO connections (id, platform, settings_json, created_at_ms) VALUES ('old', 'cloudprinter', '{}', ?)`,
      )
      .run(nowMs);
    const insert = database.prepare(
      `INSERT INTO orders (connection_id, external_id, customer, reference, titles, platform_priority, shipping_method, consignor,
         document, document_format, content_hash, unknown_fields_json, received_at_ms, reorder, stage)
       VALUES ('old', ?, 'Fjord Books', '', '', '', '', '', '{}', 'json', ?, '[]', ?, 0, 'received')`,
    );
    database.transaction(() => {
      for (let number = 1; number <= orderCount; number += 1) insert.run(String(number), String(number), nowMs);
    })();
  } finally {
    database.close();
  }
};

/** What is wrong with the database after its migration; `ok` when nothing is. */
const verdictOn = (dataFolder: string): string => {
  const integrity = integrityOf(dataFolder);
  if (integrity !== 'ok') return integrity;
  const database = new Database(join(dataFolder, 'platen.db'), { readonly: true });
  try {
    const schema = Number(database.pragma('user_version', { simple: true }));
    const newest = migrations.at(-1)?.number;
    if (schema !== newest) return `its schema is ${schema}, and the newest is ${newest}`;
    const left = database.prepare<[], number>('SELECT count(*) FROM orders').pluck().get();
    return left === orderCount ? 'ok' : `${left} of ${orderCount} orders are left`;
  } finally {
    database.close();
  }
};

/**
 * Starts a station of its own on a database of the oldest schema, kills it while it opens that, and lets the next start
 * finish. Answers what is wrong then.
 */
export const killInMigration = async (
  built: BuiltStation,
  root: string,
  course: () => ClockCourse,
  afterMs: number,
): Promise<{ readonly verdict: string; readonly readyMs: readonly number[]; readonly deaths: readonly string[] }> => {
  const dataFolder = join(root, 'migrated');
  const configPath = join(root, 'migrated.json');
  await rm(dataFolder, { recursive: true, force: true });
  await mkdir(dataFolder, { recursive: true });
  await writeFile(configPath, '{}');
  makeOldDatabase(join(dataFolder, 'platen.db'), course().startMs);
  const runner = new StationRunner({ built, dataFolder, configPath }, course);
  const opened = new Promise<void>((resolve) => {
    const watcher = watch(dataFolder, (_event, name) => {
      if (name === null || !name.startsWith('platen.db-')) return;
      watcher.close();
      resolve();
    });
  });
  runner.spawn();
  await Promise.race([opened, delay(longestStartMs)]);
  await delay(afterMs / 2);
  await runner.kill();
  const started = await runner.start();
  await runner.stop();
  const verdict = started ? verdictOn(dataFolder) : 'the station did not start';
  return { verdict, readyMs: runner.readyMs, deaths: runner.deaths };
};
