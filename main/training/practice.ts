import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { contract } from '../contract/contract.ts';
import { ContractError } from '../contract/failure.ts';
import { createFileLogger } from '../core/logging/file-logger.ts';
import type { Clock } from '../core/ports/clock.ts';
import { createKeyFileWrap } from '../core/secrets/key-file-wrap.ts';
import type { Station, StationDeps } from '../core/station-face.ts';
import { deletePractice } from './practice-folder.ts';
import { practiceOrders } from './practice-orders.ts';
import { openPracticePlatform, type PracticePlatform } from './practice-platform.ts';
import { startPracticeRip } from './practice-rip.ts';

export interface PracticeDeps extends Pick<StationDeps, 'host' | 'version'> {
  readonly createStation: (deps: StationDeps) => Promise<Station>;
  /** Everything of the practice lies in it, and is deleted with it. */
  readonly folder: string;
  readonly clock: Clock;
}

/** A running practice station with its platform and its RIP. */
export interface Practice {
  readonly station: Station;
  close(): Promise<void>;
}

const connectionId = 'practice';
const undoSeconds = 15;
const orderPauseMs = 2_500;
const ripTakesAfterMs = 3_000;

/** Starts everything afresh. Whatever fails, nothing is left running or lying about. */
export const openPractice = async (deps: PracticeDeps): Promise<Practice> => {
  const { folder, clock } = deps;
  const closers: (() => Promise<void>)[] = [() => deletePractice(folder)];
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const closeOne of closers.splice(0).toReversed()) await closeOne().catch((error) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    await deletePractice(folder);
    const dataFolder = join(folder, 'station');
    const hotFolder = join(folder, 'hot-folder');
    await mkdir(folder, { mode: 0o700 });
    await mkdir(hotFolder);
    const logger = createFileLogger(join(dataFolder, 'logs'));
    closers.push(() => logger.close());
    const keys = { orderKey: newKey(), signalKey: newKey() };
    const platform = await openPracticePlatform({ ...keys, clock, logger, pauseMs: orderPauseMs });
    closers.push(() => platform.stop());
    const station = await deps.createStation({
      dataFolder,
      config: { text: JSON.stringify(configOf(keys, platform, hotFolder)), path: join(folder, 'training.json') },
      environment: {},
      host: deps.host,
      version: deps.version,
      clock,
      logger,
      keyWrap: createKeyFileWrap(join(dataFolder, 'vault.key')),
    });
    closers.push(() => station.stop());
    await station.start();
    closers.push(startPracticeRip({ folder: hotFolder, clock, takesAfterMs: ripTakesAfterMs }));
    platform.send(practiceOrders(clock.nowMs()), await intakeUrlOf(station));
    return { station: { ...station, handlers: withoutReach(station.handlers) }, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
};

const newKey = (): string => randomBytes(16).toString('hex');

const configOf = (
  keys: { readonly orderKey: string; readonly signalKey: string },
  { signalUrl }: Pick<PracticePlatform, 'signalUrl'>,
  hotFolder: string,
): Readonly<Record<string, unknown>> => ({
  name: 'Training',
  intake: { host: '127.0.0.1', port: 0 },
  files: { minimumFreeBytes: 50_000_000 },
  signals: { undoSeconds },
  hotFolders: [{ id: 'practice-rip', name: 'Practice RIP', path: hotFolder, mode: 'manual', pollSeconds: 1 }],
  connections: [
    {
      ...keys,
      id: connectionId,
      platform: 'cloudprinter',
      name: 'Practice platform',
      signalUrl,
      // It is on this very machine.
      allowPrivateAddresses: true,
    },
  ],
});

const intakeUrlOf = async (station: Station): Promise<string> => {
  const { connections } = await station.handlers.connections.list({}, { by: 'training' });
  const url = connections.find(({ id }) => id === connectionId)?.intakeUrl;
  if (url == null) throw new Error('the practice station takes no orders in');
  return url;
};

type Group = Readonly<Record<string, (...input: never[]) => Promise<unknown>>>;

/** Beside what is for managers: it writes into whatever folder it is told. */
const reachesOut: ReadonlySet<string> = new Set(['hotFolders.check']);

/**
 * The calls of the practice station, without those that would let it reach a real platform, folder or setting: nobody
 * can connect it to anything, however much they may do.
 */
const withoutReach = (handlers: Station['handlers']): Station['handlers'] => {
  const groups: Record<string, Record<string, { readonly type: string; readonly for?: string }>> = contract;
  const refuse = async (): Promise<never> => {
    throw new ContractError('unavailable', 'this stays as it is in training');
  };
  const without = Object.entries<Group>(handlers).map(([group, calls]) => [
    group,
    Object.fromEntries(
      Object.entries(calls).map(([name, call]) => {
        const isKept = groups[group]?.[name]?.for !== 'manager' && !reachesOut.has(`${group}.${name}`);
        return [name, isKept ? call : refuse];
      }),
    ),
  ]);
  // Computed from the very object that the type is of.
  return Object.fromEntries(without) as Station['handlers'];
};
