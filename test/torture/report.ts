import { busiest } from './audit/audit-budgets.ts';
import type { TortureResult } from './run.ts';

const line = (name: string, value: string | number): string => `  ${name.padEnd(34)} ${value}\n`;

const table = (title: string, counts: ReadonlyMap<string, number>): string =>
  `${title}\n${[...counts]
    .toSorted(([left], [right]) => left.localeCompare(right, 'en'))
    .map(([name, times]) => line(name, times))
    .join('')}`;

const shareOf = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

const sum = (counts: ReadonlyMap<unknown, number>): number => [...counts.values()].reduce((all, each) => all + each, 0);

/** What of a run its seed decides, and what it does not. */
const repeatability =
  'The seed decides the orders, the troubles, the kills and their times. It does not decide which byte the operating system had\n' +
  'written by then, which request met which fault, or how fast this machine was.\n';

/** The run as a table, and the evidence of each loss. */
export const reportOf = (result: TortureResult): string => {
  const { options, evidence, losses, readyMs } = result;
  const sorted = readyMs.toSorted((left, right) => left - right);
  const { orders, files, handovers, signals } = evidence;
  const lost = losses.map(({ kind, where, what }) => `LOSS ${kind}: ${where}: ${what}\n`).join('');
  return [
    `seed ${options.seed}, ${Math.round(result.seconds)} s, station clock ${options.speed} times as fast, disk: ${result.disk}\n`,
    table(`kills: ${sum(result.kills)}`, result.kills),
    table(`faults: ${sum(result.faults)}`, result.faults),
    table('on the floor', result.deeds),
    'what was audited\n',
    line('orders', `${orders.here.length} (and ${orders.earlier.left} of earlier days)`),
    line('files', files.here.length),
    line(
      'hand-overs / taken by the RIP',
      `${handovers.rows.length} / ${handovers.taken.length}, ${result.doubts} asked about`,
    ),
    line('signals / heard by the platform', `${signals.rows.length} / ${signals.told.length}`),
    line('confirmed to an operator', signals.confirmed.length),
    line('paid commands', evidence.commands.length),
    ...evidence.budgets.map((budget) =>
      line(
        `busiest window of ${budget.connection}`,
        `${busiest(budget)} of ${budget.requests} (${budget.momentsMs.length} requests)`,
      ),
    ),
    line('databases checked', evidence.databases.length),
    line('restarts', sorted.length),
    line(
      'ready after (median, p99, slowest)',
      `${shareOf(sorted, 0.5)}, ${shareOf(sorted, 0.99)}, ${shareOf(sorted, 1)} ms`,
    ),
    line('the slowest was start', readyMs.indexOf(sorted.at(-1) ?? 0) + 1),
    line('restarts over 2 s', sorted.filter((each) => each > 2_000).length),
    line('largest station process', megabytes(result.largestStationBytes)),
    line('largest harness process', megabytes(result.largestHarnessBytes)),
    line('quiet after', result.quietAfterMs === null ? 'never' : `${Math.round(result.quietAfterMs / 1000)} s`),
    line('losses', losses.length),
    lost,
    repeatability,
  ].join('');
};
