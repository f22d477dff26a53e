import { rm } from 'node:fs/promises';
import { DEMO_NAMES, demoOrder, setDemoKnobs } from '../../test/sandbox/cloudprinter/demo-orders.ts';
import { createCloudprinterSandbox } from '../../test/sandbox/cloudprinter/sandbox.ts';
import { prepareDemoFolder } from './demo-folder.ts';
import { startStation } from './station-process.ts';
import { type Check, stories } from './stories.ts';
import { waitFor } from './wait-for.ts';

const undoSeconds = 1;
const hourMs = 3_600_000;

interface Outcome {
  readonly order: string;
  readonly story: string;
  readonly checks: readonly Check[];
}

const errorLine = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const printTable = (outcomes: readonly Outcome[]): void => {
  for (const { order, story, checks } of outcomes) {
    process.stdout.write(`\n${order}  ${story}\n`);
    for (const { what, ok } of checks) process.stdout.write(`  ${ok ? 'ok    ' : 'FAILED'}  ${what}\n`);
  }
};

/** Runs the fixed set of orders to the end without a person. Answers whether everything ended as it must. */
export const runOnce = async (): Promise<boolean> => {
  await using sandbox = await createCloudprinterSandbox();
  const folder = await prepareDemoFolder(sandbox, undoSeconds);
  const station = await startStation(folder, 0);
  try {
    const { client } = station.link;
    const intakeUrl = await waitFor(
      'the intake listens',
      async () => (await client.connections.list({})).connections[0]?.intakeUrl,
      10_000,
    );
    process.stdout.write(`The sandbox posts to ${intakeUrl}; this takes about a minute.\n`);
    const dates = { orderedAt: new Date(), shipBy: new Date(Date.now() + 30 * hourMs) };
    const outcomes = await Promise.all(
      DEMO_NAMES.map(async (name): Promise<Outcome> => {
        const demo = demoOrder(name, dates);
        setDemoKnobs(sandbox, demo);
        const externalId = demo.order.id;
        try {
          const delivery = await sandbox.post(demo.order, { to: intakeUrl });
          const taken: Check = {
            what: 'posted and answered 200',
            ok: delivery.answer.kind === 'answered' && delivery.answer.status === 200,
          };
          const checks = await stories[name]({ client, sandbox, folder, externalId });
          return { order: externalId, story: demo.story, checks: [taken, ...checks] };
        } catch (error) {
          return { order: externalId, story: demo.story, checks: [{ what: errorLine(error), ok: false }] };
        }
      }),
    );
    printTable(outcomes);
    const ok = outcomes.every(({ checks }) => checks.every((check) => check.ok));
    process.stdout.write(`\n${ok ? 'Everything ended as it must.' : 'Something did not end as it must.'}\n`);
    return ok;
  } finally {
    await station.stop();
    await rm(folder.root, { recursive: true, force: true });
  }
};
