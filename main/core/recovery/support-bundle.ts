import { open, readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ContractError } from '../../contract/failure.ts';
import type { StationParts } from '../handlers/station-parts.ts';
import { redactText } from '../logging/redact.ts';
import { connectionViews } from '../views/connection-views.ts';

/** The end of each log that goes into the bundle, in bytes. The log itself is redacted as it is written. */
const logTailBytes = 200_000;
const recentEvents = 500;

const readLogs = async (folder: string): Promise<Record<string, string>> => {
  const names = await readdir(folder).catch(() => []);
  const tails = await Promise.all(
    names
      .toSorted((left, right) => left.localeCompare(right, 'en'))
      .map(async (name) => {
        const text = await readFile(join(folder, name), 'utf8').catch(() => '');
        return [name, text.slice(-logTailBytes)] as const;
      }),
  );
  return Object.fromEntries(tails);
};

/** What of the station the bundle is made from. */
export type BundleParts = Pick<
  StationParts,
  'clock' | 'connectionViewDeps' | 'dataFolder' | 'settings' | 'stationView' | 'store'
>;

const countByState = async (parts: BundleParts, table: 'files' | 'outbox' | 'handovers') => {
  const rows = await parts.store.read
    .selectFrom(table)
    .select((query) => ['state', query.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
};

/**
 * Writes what support needs as one JSON file: versions, settings, states, the recent log and history. It has no
 * secrets, no documents, no addresses, no customer names and no file addresses.
 */
export const writeSupportBundle = async (
  parts: BundleParts,
  path: string,
): Promise<{ readonly path: string; readonly bytes: number }> => {
  if (!isAbsolute(path)) throw new ContractError('invalidInput', 'give an absolute path');
  const events = await parts.store.read
    .selectFrom('events')
    .select(['id', 'atMs', 'orderId', 'itemId', 'fileId', 'connectionId', 'code', 'evidence'])
    .orderBy('id', 'desc')
    .limit(recentEvents)
    .execute();
  const { notices: _texts, name: _name, startReport: _report, ...station } = await parts.stationView();
  const bundle = {
    made: new Date(parts.clock.nowMs()).toISOString(),
    platform: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    station,
    settings: { ...parts.settings.current, name: undefined },
    connections: (await connectionViews(parts.connectionViewDeps())).map(
      ({ settings: _settings, name: _called, ...rest }) => rest,
    ),
    files: await countByState(parts, 'files'),
    signals: await countByState(parts, 'outbox'),
    handovers: await countByState(parts, 'handovers'),
    events: events.map(({ atMs, ...event }) => ({ at: new Date(atMs).toISOString(), ...event })),
    logs: await readLogs(join(parts.dataFolder, 'logs')),
  };
  // A platform's own words, beside a channel, may say more than ours do.
  const redacted = (_key: string, value: unknown): unknown => (typeof value === 'string' ? redactText(value) : value);
  const text = `${JSON.stringify(bundle, redacted, 2)}\n`;
  const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new ContractError('conflict', taken ? `${path} exists already` : `${path} cannot be written`);
  });
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
  return { path, bytes: Buffer.byteLength(text) };
};
