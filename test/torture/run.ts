import { cp, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../main/training/random/seeded-random.ts';
import { audit } from './audit/audit.ts';
import { collectEvidence } from './audit/collect-evidence.ts';
import type { Evidence } from './audit/evidence.ts';
import type { Loss } from './audit/loss.ts';
import { fillWithEarlierOrders } from './floor/earlier-orders.ts';
import { type Floor, openFloor } from './floor/floor.ts';
import { Operator } from './floor/operator.ts';
import { Troubles } from './floor/troubles.ts';
import type { TortureOptions } from './options.ts';
import { type KillAim, killSteps, troubleSteps, workSteps } from './plan/plan.ts';
import { waitUntilQuiet } from './quiet.ts';
import { waitForAim } from './station/kill-aims.ts';
import { killInMigration } from './station/migration-victim.ts';

/** What a run did, and what came of it. */
export interface TortureResult {
  readonly options: TortureOptions;
  readonly folder: string;
  readonly disk: 'tmpfs' | 'setting';
  readonly kills: ReadonlyMap<KillAim, number>;
  readonly faults: ReadonlyMap<string, number>;
  readonly deeds: ReadonlyMap<string, number>;
  readonly doubts: number;
  readonly readyMs: readonly number[];
  readonly largestStationBytes: number;
  readonly largestHarnessBytes: number;
  readonly seconds: number;
  readonly quietAfterMs: number | null;
  readonly evidence: Evidence;
  readonly losses: readonly Loss[];
  /** Gives back what the run took; `keep` leaves the folder. */
  close(keep: boolean): Promise<void>;
}

export type Tell = (line: string) => void;

const nextStartWithinMs = 700;
const tellEveryMs = 15_000;
const tickMs = 100;

/** Runs one stream of steps by their times, until it is over. */
const follow = async <Step extends { readonly atMs: number }>(
  steps: Iterable<Step>,
  over: AbortSignal,
  carryOut: (step: Step) => void,
): Promise<void> => {
  const startedAtMs = Date.now();
  for (const step of steps) {
    const waitMs = startedAtMs + step.atMs - Date.now();
    if (waitMs > 0) await delay(waitMs, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
    carryOut(step);
  }
};

const count = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Goes, with or without what lies there; what was on a disk of its own is kept beside it. */
const leave = async ({ root, dataFolder, disk, built }: Floor, keep: boolean): Promise<void> => {
  await built.remove();
  if (keep && disk.kind === 'tmpfs') await cp(dataFolder, `${root}/station-kept`, { recursive: true });
  await disk.remove();
  if (!keep) await rm(root, { recursive: true, force: true, maxRetries: 5 });
};

interface KillDeps {
  readonly floor: Floor;
  readonly options: TortureOptions;
  readonly kills: Map<KillAim, number>;
  readonly otherDatabases: { name: string; verdict: string }[];
  readonly otherDeaths: string[];
  /** Starts that are over 2 s and the like are told. */
  readonly tell: Tell;
}

const total = (counts: ReadonlyMap<unknown, number>): number =>
  [...counts.values()].reduce((sum, each) => sum + each, 0);

const killOnAndOn = async ({ floor, options, kills, otherDatabases, otherDeaths, tell }: KillDeps): Promise<void> => {
  const { built, runner, ways, rip, hotFolders, backupFolder, root, course } = floor;
  const aimed = { ways, rip, runner, hotFolders: [...hotFolders.values()], backupFolder };
  const endsAtMs = options.minutes === null ? Number.POSITIVE_INFINITY : Date.now() + options.minutes * 60_000;
  const random = seededRandom(`${options.seed} starts`);
  let toldAtMs = Date.now();
  for (const { aim, pauseMs, afterMs } of killSteps(options.seed)) {
    if (Date.now() > endsAtMs || (options.kills !== null && total(kills) >= options.kills)) return;
    if (Date.now() - toldAtMs > tellEveryMs) {
      toldAtMs = Date.now();
      const harnessMegabytes = Math.round(process.memoryUsage.rss() / 2 ** 20);
      const slowest = Math.round(Math.max(0, ...runner.readyMs));
      tell(
        `${total(kills)} kills, ${floor.coming.all.length} orders, slowest start ${slowest} ms, harness ${harnessMegabytes} MB`,
      );
    }
    if (aim === 'migration') {
      const { verdict, readyMs, deaths } = await killInMigration(built, root, course, afterMs);
      otherDatabases.push({ name: `after a kill in its migration (${total(kills) + 1})`, verdict });
      otherDeaths.push(...deaths);
      runner.readyMs.push(...readyMs);
      count(kills, aim);
      continue;
    }
    if (aim === 'starting') {
      await runner.kill();
      runner.spawn();
      await delay(50 + random.below(nextStartWithinMs));
      await runner.kill();
      count(kills, aim);
      if (!(await runner.start())) tell('a start failed');
      continue;
    }
    await delay(pauseMs);
    const met = await waitForAim(aim, aimed);
    await delay(afterMs);
    await runner.kill();
    count(kills, met ? aim : 'anywhere');
    if (!(await runner.start())) tell('a start failed');
  }
};

/** Carries out a whole run: work, troubles and kills, then peace, then the audit. */
export const runTorture = async (options: TortureOptions, tell: Tell): Promise<TortureResult> => {
  const startedAtMs = Date.now();
  const floor = await openFloor(options);
  const { runner, coming, ways, rip, disk, dataFolder, root, hotFolders, backupFolder } = floor;
  tell(`in ${root}, seed ${options.seed}, disk ${disk.kind}`);
  await runner.start();
  if (options.orders > 0) {
    await runner.stop();
    fillWithEarlierOrders(dataFolder, options.orders, floor.nowMs());
    await runner.start();
  }
  const operator = new Operator({
    runner,
    coming,
    rip,
    random: seededRandom(`${options.seed} operator`),
    root,
    dataFolder,
    wasMade: (order) => ways.platforms.px.jobs().some((job) => job.externalOrderId === order),
  });
  const troubles = new Troubles({
    ways,
    coming,
    hotFolders: [...hotFolders.values()],
    disk,
    random: seededRandom(`${options.seed} repeats`),
    setClockOffset: floor.setClockOffset,
    note: floor.note,
  });
  runner.allowRefusals(() => troubles.diskIsFull);
  const over = new AbortController();
  const kills = new Map<KillAim, number>();
  const otherDatabases: { name: string; verdict: string }[] = [];
  const otherDeaths: string[] = [];
  let largestHarnessBytes = 0;
  // What platforms do by themselves as time goes on.
  const ticking = setInterval(() => {
    void ways.platforms.px.tick().catch(() => undefined);
    void ways.platforms.pa.deliverDueWebhooks().catch(() => undefined);
    largestHarnessBytes = Math.max(largestHarnessBytes, process.memoryUsage.rss());
  }, tickMs);

  const operating = operator.work();
  const streams = [
    follow(workSteps(options.seed), over.signal, (step) => {
      coming.come(step).catch((error: unknown) => otherDeaths.push(`the harness: ${String(error)}`));
    }),
    follow(troubleSteps(options.seed), over.signal, (step) => troubles.begin(step)),
  ];
  await killOnAndOn({ floor, options, kills, otherDatabases, otherDeaths, tell });
  over.abort();
  await Promise.all(streams);

  tell('no more faults; waiting until all is quiet');
  await troubles.end();
  operator.finish();
  // Once more from the start, with the clock right: what waits for a platform probes it at once.
  await runner.kill();
  if (!(await runner.start())) tell('the last start failed');
  const quietAfterMs = await waitUntilQuiet({ runner, coming, operator, tell });
  operator.stop();
  coming.stop();
  await operating;
  await coming.settled();
  clearInterval(ticking);
  await runner.stop();
  await rip.stop();

  const { readyMs } = runner;
  const slow = options.readyWithinMs === null ? [] : readyMs.filter((each) => each > (options.readyWithinMs ?? 0));
  const evidence = await collectEvidence({
    dataFolder,
    backupFolders: [backupFolder, `${dataFolder}/backups`],
    hotFolders: [...hotFolders.values()],
    ways,
    coming,
    operator,
    rip,
    earlierOrders: options.orders,
    deaths: [...runner.deaths, ...otherDeaths],
    otherDatabases,
  });
  const losses: readonly Loss[] = [
    ...audit(evidence),
    ...slow.map((each): Loss => ({ kind: 'station', where: 'a restart', what: `ready after ${Math.round(each)} ms` })),
    ...(quietAfterMs === null ? [{ kind: 'station', where: 'the end', what: 'it never came to rest' } as const] : []),
  ];
  return {
    options,
    folder: root,
    disk: disk.kind,
    kills,
    faults: new Map<string, number>([
      ...[...ways.struck()].map(([fault, times]) => [`network: ${fault}`, times] as const),
      ...troubles.happened,
      ['starts refused: disk full', runner.refusals] as const,
    ]),
    deeds: operator.deeds,
    doubts: operator.doubts,
    readyMs,
    largestStationBytes: runner.largestBytes,
    largestHarnessBytes,
    seconds: (Date.now() - startedAtMs) / 1000,
    quietAfterMs,
    evidence,
    losses,
    close: async (keep) => {
      await ways.stop();
      await leave(floor, keep);
    },
  };
};
