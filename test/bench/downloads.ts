import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fetchWithAria2,
  fetchWithCurl,
  isInstalled,
  startPlaten,
  syncDisk,
  withLoopDelay,
} from './downloads-contestants.ts';
import { type BenchFile, startFileSource } from './downloads-source.ts';
import { median, rounded } from './statistics.ts';

const fileCount = 50;
const fileBytes = 20_000_000;
const runs = 5;

export interface DownloadsResult {
  readonly name: 'downloads';
  readonly files: string;
  /** Programs that are not installed: what needs them was left out. */
  readonly missing: readonly string[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly megabytesPerSecond: number | null;
  /** How many times as long the other took: above 1, Platen is faster. */
  readonly timesAsLong: Readonly<Record<string, number>>;
  readonly loopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number } | null;
  readonly runs: Readonly<Record<string, readonly number[]>>;
}

interface Contestant {
  readonly name: string;
  readonly needs: readonly string[];
  /** Fetches all files into the folder; answers the seconds until they are verified and on the disk. */
  readonly race: (files: readonly BenchFile[], folder: string) => Promise<number>;
}

/** From a quiet disk to a quiet disk. */
const timed = async (work: () => Promise<void>): Promise<number> => {
  await syncDisk();
  const startedMs = performance.now();
  await work();
  await syncDisk();
  return (performance.now() - startedMs) / 1000;
};

/**
 * 50 files of 20 MB from an nginx on this computer, four at once: Platen (store, MD5 and SHA-256, each file synced and
 * renamed) against aria2c with its checksum option and against curl followed by md5sum, the runs taking turns.
 */
export const runDownloadsBench = async (): Promise<DownloadsResult> => {
  const delays: { p50: number; p99: number; max: number }[] = [];
  const contestants: readonly Contestant[] = [
    {
      name: 'platen',
      needs: [],
      race: async (files, folder) => {
        const [warmUp] = files;
        if (warmUp === undefined) throw new Error('there are no files');
        const platen = await startPlaten(folder, warmUp);
        try {
          let seconds = 0;
          const delay = await withLoopDelay(async () => {
            seconds = await timed(() => platen.fetchAll(files));
          });
          const milliseconds = (nanoseconds: number): number => rounded(nanoseconds / 1e6);
          const [p50, p99] = [milliseconds(delay.percentile(50)), milliseconds(delay.percentile(99))];
          delays.push({ p50, p99, max: milliseconds(delay.max) });
          return seconds;
        } finally {
          await platen.stop();
        }
      },
    },
    {
      name: 'aria2c',
      needs: ['aria2c'],
      race: (files, folder) => timed(() => fetchWithAria2(files, folder)),
    },
    {
      name: 'curl+md5sum',
      needs: ['curl', 'md5sum'],
      race: (files, folder) => timed(() => fetchWithCurl(files, folder)),
    },
  ];
  const programs = ['nginx', ...contestants.flatMap((contestant) => contestant.needs)];
  const missing: string[] = [];
  for (const program of programs) if (!(await isInstalled(program))) missing.push(program);
  const racing = missing.includes('nginx')
    ? []
    : contestants.filter((contestant) => !contestant.needs.some((program) => missing.includes(program)));
  const seconds = new Map<string, number[]>(racing.map((contestant) => [contestant.name, []]));

  const folder = await mkdtemp(join(tmpdir(), 'platen-bench-downloads-'));
  try {
    if (racing.length > 0) {
      const source = await startFileSource(join(folder, 'source'), fileCount, fileBytes);
      try {
        for (let run = 0; run < runs; run += 1) {
          for (const { name, race } of racing) {
            const target = join(folder, `${name}-${run}`);
            await mkdir(target);
            seconds.get(name)?.push(rounded(await race(source.files, target), 2));
            await rm(target, { recursive: true });
          }
        }
      } finally {
        await source.stop();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return summary(missing, seconds, delays);
};

const summary = (
  missing: readonly string[],
  seconds: ReadonlyMap<string, readonly number[]>,
  delays: readonly { readonly p50: number; readonly p99: number; readonly max: number }[],
): DownloadsResult => {
  const medians = new Map([...seconds].map(([name, values]) => [name, median(values)]));
  const platen = medians.get('platen');
  const others = [...medians].filter(([name]) => name !== 'platen');
  const middle = (key: 'p50' | 'p99'): number => median(delays.map((delay) => delay[key]));
  return {
    name: 'downloads',
    files: `${fileCount} of ${fileBytes / 1e6} MB`,
    missing,
    seconds: Object.fromEntries(medians),
    megabytesPerSecond: platen === undefined ? null : rounded((fileCount * fileBytes) / 1e6 / platen, 0),
    timesAsLong:
      platen === undefined ? {} : Object.fromEntries(others.map(([name, value]) => [name, rounded(value / platen, 2)])),
    loopDelayMs:
      delays.length === 0
        ? null
        : { p50: middle('p50'), p99: middle('p99'), max: Math.max(...delays.map((delay) => delay.max)) },
    runs: Object.fromEntries(seconds),
  };
};

const table = (result: DownloadsResult): string => {
  const rows = Object.entries(result.runs).map(
    ([name, values]) =>
      `  ${name.padEnd(14)}${String(result.seconds[name]).padStart(7)} s   ${values.join('  ')}   ${
        name === 'platen' ? '' : `${result.timesAsLong[name]} times as long`
      }`,
  );
  const missing = result.missing.length === 0 ? [] : [`  not installed, left out: ${result.missing.join(', ')}`];
  return [`${result.files}, median of ${runs} runs`, ...rows, ...missing].join('\n');
};

if (import.meta.main) {
  const result = await runDownloadsBench();
  process.stdout.write(`${table(result)}\n${JSON.stringify(result, null, 2)}\n`);
}
