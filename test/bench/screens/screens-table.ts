import type { ScreensResult } from '../screens.ts';
import { median } from '../statistics.ts';

const milliseconds = (value: number): string => `${Math.round(value)} ms`;
const share = (value: number): string => `${(value * 100).toFixed(1)} %`;
const task = (wallMs: number): string => (wallMs === 0 ? 'under 50 ms' : milliseconds(wallMs));

/** The lines of docs/performance.md: medians of the runs, and the slowest. */
export const screensTable = (
  { orders, load, firstRowsMs, scrolled, questions, busy }: Omit<ScreensResult, 'name'>,
  seconds: number,
): string => {
  const medianOf = <Run>(runs: readonly Run[], value: (run: Run) => number): number => median(runs.map(value));
  const most = <Run>(runs: readonly Run[], value: (run: Run) => number): number => Math.max(...runs.map(value));
  const longest = (runs: ScreensResult['scrolled'] | ScreensResult['busy']): string => {
    const wallMs = runs.map(({ longestTaskMs }) => longestTaskMs);
    const processorMs = runs.map(({ longestTaskProcessorMs }) => longestTaskProcessorMs);
    return `${task(median(wallMs))}, of it on the processor ${milliseconds(median(processorMs))} (longest ${task(Math.max(...wallMs))}; ${milliseconds(Math.max(...processorMs))})`;
  };
  const lines: readonly (readonly [string, string, string])[] = [
    [
      'navigation to the first painted rows',
      'under 1 s',
      `${milliseconds(median(firstRowsMs))}; the slowest of ${firstRowsMs.length} ${milliseconds(Math.max(...firstRowsMs))}`,
    ],
    ['scrolled from top to bottom: longest task', 'under 50 ms', longest(scrolled)],
    [
      'dragged to the bottom, and its rows there',
      '–',
      `${medianOf(scrolled, (run) => run.dragSeconds).toFixed(1)} s, then ${milliseconds(medianOf(scrolled, (run) => run.filledAfterMs))}`,
    ],
    [`200 changes a second for ${seconds} s: longest task`, 'under 50 ms', longest(busy)],
    [
      'changes committed a second',
      '200',
      `${medianOf(busy, (run) => run.committedPerSecond).toFixed(0)} (${most(busy, (run) => run.refused)} refused)`,
    ],
    [
      'from a change to its row on the screen',
      '–',
      `${milliseconds(medianOf(busy, (run) => run.shownAfterMs))}; at most ${milliseconds(most(busy, (run) => run.shownAfterAtMostMs))}`,
    ],
    ['frames that were not drawn', '–', share(medianOf(busy, (run) => run.droppedShare))],
    ['how much of the time the page worked', '–', share(medianOf(busy, (run) => run.workedShare))],
    ['memory of the page afterwards', '–', `${medianOf(busy, (run) => run.heapGrowthMb).toFixed(1)} MB more`],
    ['the first 300 orders, answered', '–', milliseconds(questions.firstPageMs)],
    ['Today, answered', '–', milliseconds(questions.todayMs)],
    ['a search that finds 16,667 orders', '–', milliseconds(questions.searchManyMs)],
    ['a search that finds one', '–', milliseconds(questions.searchOneMs)],
    [
      'a note written down meanwhile',
      '–',
      `${milliseconds(questions.noteDuringSearchMs)}; during Today ${milliseconds(questions.noteDuringTodayMs)}; else ${milliseconds(questions.noteMs)}`,
    ],
  ];
  return [
    `${orders} open orders; load of the machine ${load.map((value) => value.toFixed(1)).join(', ')}`,
    '',
    '| what | asked | measured |',
    '|---|---|---|',
    ...lines.map((line) => `| ${line.join(' | ')} |`),
  ].join('\n');
};
