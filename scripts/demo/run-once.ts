import { rm } from 'node:fs/promises';
import { demoConnections } from './demo-connections.ts';
import { prepareDemoFolder } from './demo-folder.ts';
import { openPlatforms } from './demo-platforms.ts';
import { startStation } from './station-process.ts';
import { cloudprinterStories } from './stories/cloudprinter.ts';
import { customersCanvasStories } from './stories/customerscanvas.ts';
import { findOrder } from './stories/order-looks.ts';
import { printApiStories } from './stories/printapi.ts';
import { printessStories } from './stories/printess.ts';
import type { Check, DemoFloor, Story } from './stories/story.ts';

const undoSeconds = 1;
const pace = { renderMs: 1_500, pipelineMs: 1_500 };

interface Outcome {
  readonly story: Story;
  readonly checks: readonly Check[];
  readonly tookMs: number;
}

const errorLine = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const tell = async (story: Story, floor: DemoFloor): Promise<Outcome> => {
  const startedAtMs = Date.now();
  const checks = await story.run(floor).catch((error: unknown) => [{ what: errorLine(error), ok: false }]);
  return { story, checks, tookMs: Date.now() - startedAtMs };
};

const isOk = ({ checks }: Outcome): boolean => checks.every(({ ok }) => ok);

const printChecks = (outcomes: readonly Outcome[]): void => {
  for (const { story, checks } of outcomes) {
    process.stdout.write(`\n${story.platform}  ${story.order}  ${story.plot}\n`);
    for (const { what, ok } of checks) process.stdout.write(`  ${ok ? 'ok    ' : 'FAILED'}  ${what}\n`);
  }
};

/** Such as `2 Registered, Shipped`. */
const counted = (names: readonly string[]): string =>
  [...Map.groupBy(names, (name) => name)]
    .map(([name, all]) => (all.length === 1 ? name : `${all.length} ${name}`))
    .join(', ');

type Row = readonly [
  name: string,
  platform: string,
  order: string,
  stage: string,
  files: string,
  taken: string,
  took: string,
  result: string,
];

const printRow = ([name, platform, order, stage, files, taken, took, result]: Row): void => {
  const cells = [name.padEnd(14), platform.padEnd(17), order.padEnd(15), stage.padEnd(10), files.padEnd(5)];
  process.stdout.write(`${[...cells, taken.padEnd(37), took.padStart(5), result].join('  ')}\n`);
};

/** One line an order: how far it got here, and what the platform took of it. */
const printTable = async (outcomes: readonly Outcome[], floor: DemoFloor): Promise<void> => {
  process.stdout.write('\n');
  printRow(['STORY', 'PLATFORM', 'ORDER', 'STAGE', 'FILES', 'WHAT THE PLATFORM TOOK FROM HERE', 'TOOK', 'RESULT']);
  for (const outcome of outcomes) {
    const { name, platform, order: reference, taken } = outcome.story;
    const order = await findOrder(floor, reference).catch(() => null);
    printRow([
      name,
      platform,
      reference,
      order === null ? 'not here' : order.problemCount > 0 ? 'problem' : order.stage,
      order === null || order.filesTotal === 0 ? '-' : `${order.filesReady}/${order.filesTotal}`,
      counted(taken(floor.platforms)),
      `${Math.round(outcome.tookMs / 1000)} s`,
      isOk(outcome) ? 'ok' : 'FAILED',
    ]);
  }
};

/** Runs the fixed set of orders of all platforms to the end without a person. Answers whether all ended as they must. */
export const runOnce = async (): Promise<boolean> => {
  await using platforms = await openPlatforms(pace);
  const folder = await prepareDemoFolder(demoConnections(platforms), undoSeconds);
  platforms.printApi.setWebhookUrl(`${folder.intakeUrl}/pa`);
  const stories = [...cloudprinterStories(), ...printessStories, ...printApiStories, ...customersCanvasStories];
  for (const { before } of stories) before?.(platforms);
  const station = await startStation(folder, 0);
  let hasEnded = false;
  void station.ended.then(() => {
    hasEnded = true;
  });
  try {
    const floor: DemoFloor = { client: station.link.client, platforms, folder };
    process.stdout.write(`Four platforms post to ${folder.intakeUrl} and are polled; this takes about a minute.\n`);
    const outcomes = await Promise.all(stories.map((story) => tell(story, floor)));
    if (hasEnded) process.stdout.write(`\nThe station ended by itself:\n${station.said()}\n`);
    printChecks(outcomes);
    await printTable(outcomes, floor);
    const ok = outcomes.every(isOk);
    process.stdout.write(`\n${ok ? 'Everything ended as it must.' : 'Something did not end as it must.'}\n`);
    return ok;
  } finally {
    await station.stop();
    await rm(folder.root, { recursive: true, force: true });
  }
};
