import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../ports/durable-files.ts';
import { auditDatabase, lookAtDatabase } from '../store/look-at-database.ts';
import type { DatabaseAudit, DatabaseLook } from '../store/look-protocol.ts';
import { checkFiles } from './check-files.ts';
import type { Finding } from './check-finding.ts';
import { type DataPlaces, placesIn } from './data-places.ts';
import { listBackups } from './list-backups.ts';
import { lookWord } from './look-word.ts';
import { dayMs, momentOfStamp } from './rolling-name.ts';

export interface CheckInput {
  readonly dataFolder: string;
  readonly nowMs: number;
  /** Every byte of every file is read and compared. */
  readonly deep: boolean;
  /** Whether a station runs on the folder: what it holds is in its hands then. */
  readonly running: boolean;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly orders: number;
  readonly files: number;
}

/** A rolling backup is made once a day while the station runs. */
const oldestBackupMs = 2 * dayMs;
const defaultKeepDays = 30;

const checkRows = (audit: DatabaseAudit, running: boolean): readonly Finding[] => [
  ...audit.brokenReferences.map(({ table, rows }) => ({
    code: 'brokenReference',
    text: `${rows} rows of ${table} point to rows that are not there`,
    advice: 'make a support bundle; platen restore puts a good backup in place',
  })),
  // Without a station the leases are what its end left: the next start gives them back.
  ...(running ? audit.stuckLeases : []).map(({ table, rows }) => ({
    code: 'stuckLease',
    text: `${rows} rows of ${table} are held by nobody who works on them`,
    advice: 'stop and start the station',
  })),
  ...audit.overdueSignals.map(({ id, name, order, state, deadlineAtMs }) => ({
    code: 'overdueSignal',
    text: `signal ${id}, ${name} of ${order}, is ${state} and was due at ${new Date(deadlineAtMs).toISOString()}`,
    advice: running ? `see platen outbox; platen retry outbox ${id}` : 'start the station: it sends what waits',
  })),
];

/** One that a newer Platen made is whole: who goes back to that version wants it. */
const adviceOnBackup = ({ kind }: DatabaseLook): string =>
  kind === 'newer' ? 'keep it for that version' : 'delete it, and look at the disk that it lies on';

const adviceOnDatabase = ({ kind }: DatabaseLook): string =>
  kind === 'newer'
    ? 'install that version again; or choose a backup with platen restore'
    : 'start the station: it restores the newest good backup; or choose one with platen restore';

const checkBackups = async (places: DataPlaces, nowMs: number): Promise<readonly Finding[]> => {
  const backups = await listBackups(places.backups);
  const findings: Finding[] = backups
    .filter(({ look }) => look.kind !== 'good')
    .map(({ name, look }) => ({
      code: look.kind === 'newer' ? 'newerBackup' : 'damagedBackup',
      text: `the backup ${name} is ${lookWord(look)}`,
      advice: adviceOnBackup(look),
    }));
  const newestGoodMs = backups.find(({ look }) => look.kind === 'good')?.atMs ?? null;
  const advice = 'run the station: it makes one a day; or platen backup FILE';
  if (newestGoodMs === null) findings.push({ code: 'noBackup', text: 'there is no good backup', advice });
  else if (nowMs - newestGoodMs > oldestBackupMs) {
    const days = Math.floor((nowMs - newestGoodMs) / dayMs);
    findings.push({ code: 'oldBackup', text: `the newest good backup is ${days} days old`, advice });
  }
  return findings;
};

const checkSetAside = async (places: DataPlaces, nowMs: number, keepDays: number): Promise<readonly Finding[]> => {
  const names = await readdir(places.setAside).catch(() => []);
  return names
    .filter((name) => nowMs - momentOfStamp(name) > keepDays * dayMs)
    .map((name) => ({
      code: 'oldSetAside',
      text: `a database set aside in ${join(places.setAside, name)} is older than what may be kept of persons`,
      advice: 'delete the folder when nobody needs it any more',
    }));
};

/**
 * Checks a data folder without changing anything, while a station runs or not: the database, what it refers to, its
 * files, work that is stuck or late, and the backups.
 */
export const checkStation = async (input: CheckInput): Promise<CheckResult> => {
  const places = placesIn(input.dataFolder);
  const look = await lookAtDatabase(places.database, true);
  const aside: Finding[] = (await exists(places.restoreCommit))
    ? [{ code: 'unfinishedRestore', text: 'a restore was cut off', advice: 'start the station: it finishes it' }]
    : [];
  const backups = await checkBackups(places, input.nowMs);
  if (look.kind !== 'good') {
    const text = `the database ${places.database} is ${lookWord(look)}`;
    return {
      findings: [{ code: 'database', text, advice: adviceOnDatabase(look) }, ...aside, ...backups],
      orders: 0,
      files: 0,
    };
  }
  const audit = await auditDatabase(places.database, input.nowMs);
  if (audit === null) {
    const finding = {
      code: 'database',
      text: `the database ${places.database} cannot be read`,
      advice: 'start the station once with this version',
    };
    return { findings: [finding, ...aside, ...backups], orders: look.orders, files: 0 };
  }
  const folder = audit.filesFolder ?? join(input.dataFolder, 'files');
  const findings = [
    ...checkRows(audit, input.running),
    ...(await checkFiles(folder, audit.files, input.deep)),
    ...aside,
    ...backups,
    ...(await checkSetAside(places, input.nowMs, audit.keepDaysAfterShipped ?? defaultKeepDays)),
  ];
  return { findings, orders: look.orders, files: audit.files.length };
};
