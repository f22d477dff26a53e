import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { postOrders } from './bench-orders.ts';
import { startBenchStation } from './bench-station.ts';
import { median, rounded } from './statistics.ts';

const runs = 3;
/** Three items an order and four signals an item: 10,008 signals. */
const orders = 834;
const signals = orders * 3 * 4;
const order = ['ItemRegistered', 'ItemProduced', 'ItemPacked', 'ItemShipped'];

const portMessage = z.object({ port: z.number() });
const countMessage = z.object({ count: z.number() });
const reportMessage = z.object({
  received: z.array(z.object({ type: z.string(), item: z.string() })),
  seconds: z.number(),
});

export interface OutboxResult {
  readonly name: 'outbox';
  readonly signals: number;
  readonly signalsPerSecond: number;
  readonly perItemOrderKept: boolean;
  readonly runs: readonly number[];
}

/** Each item's signals arrived once each, in their order. */
const orderIsKept = (received: readonly { readonly type: string; readonly item: string }[]): boolean =>
  [...Map.groupBy(received, (signal) => signal.item).values()].every(
    (ofItem) => ofItem.map((signal) => signal.type).join() === order.join(),
  );

const runOnce = async (): Promise<{ readonly perSecond: number; readonly kept: boolean }> => {
  const server = fork(join(import.meta.dirname, 'signal-server.ts'), { stdio: 'inherit' });
  const ask = async <T>(question: string | null, schema: z.ZodType<T>): Promise<T> => {
    const answered = once(server, 'message');
    if (question !== null) server.send(question);
    return schema.parse((await answered)[0]);
  };
  const { port } = await ask(null, portMessage);
  const station = await startBenchStation(`http://127.0.0.1:${port}/`);
  try {
    const { client } = station.link;
    await client.connections.pause({ id: 'cp' });
    await postOrders(station.intakeUrl, 1, orders, 20);
    const page = await client.orders.listDetailed({ limit: 1000 });
    const items = page.orders.flatMap((one) => one.items);
    for (const kind of ['produced', 'packed'] as const) {
      await Promise.all(items.map((item) => client.items.signal({ item: item.id, signal: { kind } })));
    }
    await Promise.all(page.orders.map((one) => client.orders.ship({ order: one.id, tracking: '1ZBENCH' })));
    await client.connections.resume({ id: 'cp' });
    while ((await ask('count', countMessage)).count < signals) await delay(100);
    const { received, seconds } = await ask('report', reportMessage);
    return { perSecond: rounded(signals / seconds, 0), kept: received.length === signals && orderIsKept(received) };
  } finally {
    await station.stop();
    server.disconnect();
  }
};

/** 10,008 signals that queued while the connection was paused, to a local server: from the first to the last arrival. */
export const runOutboxBench = async (): Promise<OutboxResult> => {
  const results: { perSecond: number; kept: boolean }[] = [];
  for (let run = 0; run < runs; run += 1) results.push(await runOnce());
  return {
    name: 'outbox',
    signals,
    signalsPerSecond: median(results.map((result) => result.perSecond)),
    perItemOrderKept: results.every((result) => result.kept),
    runs: results.map((result) => result.perSecond),
  };
};
