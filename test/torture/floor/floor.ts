import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SeededRandom, seededRandom } from '../../../main/training/random/seeded-random.ts';
import type { TortureOptions } from '../options.ts';
import { openWays, type Ways } from '../platforms/ways.ts';
import { type BuiltStation, buildStation } from '../station/build-station.ts';
import { StationRunner } from '../station/station-runner.ts';
import { type ClockCourse, timeOf } from '../station/turned-clock.ts';
import { ComingOrders } from './coming-orders.ts';
import { startTortureRip, type TortureRip } from './rip.ts';
import { mountSmallDisk, roomBySetting, type SmallDisk } from './small-disk.ts';

/** Below the ports that the system gives out by itself, so that a killed station finds its own one free again. */
const firstPort = 20_000;
const portCount = 10_000;
/** Of the station's time: long enough for somebody to take something back. */
const undoSeconds = 40;

/** A print shop with everything around it. */
export interface Floor {
  readonly root: string;
  readonly dataFolder: string;
  /** Backups that an operator has made. */
  readonly backupFolder: string;
  readonly hotFolders: ReadonlyMap<string, string>;
  readonly ways: Ways;
  readonly built: BuiltStation;
  readonly runner: StationRunner;
  readonly rip: TortureRip;
  readonly coming: ComingOrders;
  readonly disk: SmallDisk;
  readonly course: () => ClockCourse;
  /** Writes down what the harness did, for whoever looks for the cause of a loss. */
  readonly note: (line: string) => void;
  /** The time at the platforms, which nobody sets wrong. */
  readonly nowMs: () => number;
  readonly setClockOffset: (offsetMs: number) => void;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const freePort = async (random: SeededRandom): Promise<number> => {
  for (;;) {
    const port = firstPort + random.below(portCount);
    if (await isFree(port)) return port;
  }
};

/** Opens the shop; the station does not run yet. */
export const openFloor = async ({ seed, speed, disk: wanted }: TortureOptions): Promise<Floor> => {
  const root = await mkdtemp(join(tmpdir(), 'platen-torture-'));
  const dataFolder = join(root, 'station');
  const backupFolder = join(root, 'backups');
  const hotFolders = new Map([
    ['press', join(root, 'press')],
    ['digital', join(root, 'digital')],
  ]);
  for (const folder of [backupFolder, ...hotFolders.values()]) await mkdir(folder);

  const journal = createWriteStream(join(root, 'journal.txt'));
  const note = (line: string): void => void journal.write(`${new Date().toISOString()} ${line}\n`);
  const startMs = Date.now();
  let course: ClockCourse = { startMs, speed, offsetMs: 0 };
  const nowMs = (): number => timeOf({ startMs, speed, offsetMs: 0 });
  const ways = await openWays(seed, nowMs, await freePort(seededRandom(`${seed} ${process.pid}`)));
  const hotFolder = (id: string, platforms: readonly string[]) => ({
    id,
    name: id,
    path: hotFolders.get(id),
    mode: 'auto',
    pollSeconds: 2,
    accepts: { platforms },
  });
  const config = {
    name: 'Torture floor',
    intake: { host: '127.0.0.1', port: ways.intakePort, publicUrl: ways.intakeUrl },
    signals: { undoSeconds },
    hotFolders: [hotFolder('press', ['cloudprinter']), hotFolder('digital', ['printess', 'customerscanvas'])],
    connections: ways.connections,
  };
  const configPath = join(root, 'platen.json');
  await writeFile(configPath, JSON.stringify(config, null, 2), { mode: 0o600 });

  const built = await buildStation();
  const runner = new StationRunner({ built, dataFolder, configPath }, () => course, note);
  const mounted = wanted === 'auto' ? await mountSmallDisk(dataFolder) : null;
  return {
    root,
    dataFolder,
    backupFolder,
    hotFolders,
    ways,
    built,
    runner,
    rip: await startTortureRip(hotFolders, join(root, 'tray'), note),
    note,
    coming: await ComingOrders.open(ways, runner, seed),
    disk: mounted ?? roomBySetting(runner),
    course: () => course,
    nowMs,
    setClockOffset: (offsetMs) => {
      course = { ...course, offsetMs };
      note(`clock ${offsetMs}`);
      runner.tellCourse();
    },
  };
};
