import { rm } from 'node:fs/promises';
import type { Client } from '../../main/contract/contract.ts';
import { DEMO_NAMES, demoOrder, setDemoKnobs } from '../../test/sandbox/cloudprinter/demo-orders.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../test/sandbox/cloudprinter/sandbox.ts';
import { prepareDemoFolder } from './demo-folder.ts';
import { startStation } from './station-process.ts';
import { type Check, stories } from './stories.ts';

const undoSeconds = 1;
const hourMs = 3_600_000;

interface Outcome {
  readonly name: string;
  readonly order: string;
  readonly story: string;
  readonly checks: readonly Check[];
}

const errorLine = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const printChecks = (outcomes: readonly Outcome[]): void => {
  for (const { order, story, checks } of outcomes) {
    process.stdout.write(`\n${order}  ${story}\n`);
    for (const { what, ok } of checks) process.stdout.write(`  ${ok ? 'ok    ' : 'FAILED'}  ${what}\n`);
  }
};

const isOk = (outcome: Outcome): boolean => outcome.checks.every((check) => check.ok);

/** One line an order: how far it got here, and what the platform took of it. */
const printTable = async (
  outcomes: readonly Outcome[],
  client: Client,
  sandbox: CloudprinterSandbox,
): Promise<void> => {
  const row = (...cells: readonly [string, string, string, string, string, string]): void => {
    const [name, order, stage, files, signals, result] = cells;
    process.stdout.write(
      `${name.padEnd(15)} ${order.padEnd(13)} ${stage.padEnd(11)} ${files.padEnd(6)} ${signals.padEnd(52)} ${result}\n`,
    );
  };
  process.stdout.write('\n');
  row('STORY', 'ORDER', 'STAGE', 'FILES', 'SIGNALS THE PLATFORM TOOK', 'RESULT');
  for (const outcome of outcomes) {
    const found = await client.orders.get({ order: `cp:${outcome.order}` }).catch(() => null);
    const taken = found?.order.items.flatMap((item) => sandbox.acceptedTypes(item.externalId)) ?? [];
    const counted = [...Map.groupBy(taken, (type) => type.replace('Item', ''))].map(([type, all]) =>
      all.length === 1 ? type : `${all.length} ${type}`,
    );
    const files = found === null ? '-' : `${found.order.filesReady}/${found.order.filesTotal}`;
    const stage = found === null ? 'not here' : found.order.problemCount > 0 ? 'problem' : found.order.stage;
    row(outcome.name, outcome.order, stage, files, counted.join(', '), isOk(outcome) ? 'ok' : 'FAILED');
  }
};

/** Runs the fixed set of orders to the end without a person. Answers whether everything ended as it must. */
export const runOnce = async (): Promise<boolean> => {
  await using sandbox = await createCloudprinterSandbox();
  const folder = await prepareDemoFolder(sandbox, undoSeconds);
  const station = await startStation(folder, 0);
  try {
    const { client } = station.link;
    process.stdout.write(`The sandbox posts to ${folder.intakeUrl}; this takes about a minute.\n`);
    const dates = { orderedAt: new Date(), shipBy: new Date(Date.now() + 30 * hourMs) };
    const outcomes = await Promise.all(
      DEMO_NAMES.map(async (name): Promise<Outcome> => {
        const demo = demoOrder(name, dates);
        setDemoKnobs(sandbox, demo);
        const externalId = demo.order.id;
        try {
          const delivery = await sandbox.post(demo.order, { to: folder.intakeUrl });
          const taken: Check = {
            what: 'posted and answered 200',
            ok: delivery.answer.kind === 'answered' && delivery.answer.status === 200,
          };
          const checks = await stories[name]({ client, sandbox, folder, externalId });
          return { name, order: externalId, story: demo.story, checks: [taken, ...checks] };
        } catch (error) {
          return { name, order: externalId, story: demo.story, checks: [{ what: errorLine(error), ok: false }] };
        }
      }),
    );
    printChecks(outcomes);
    await printTable(outcomes, client, sandbox);
    const ok = outcomes.every(isOk);
    process.stdout.write(`\n${ok ? 'Everything ended as it must.' : 'Something did not end as it must.'}\n`);
    return ok;
  } finally {
    await station.stop();
    await rm(folder.root, { recursive: true, force: true });
  }
};
