import { postOrders } from './bench-orders.ts';
import { startBenchStation } from './bench-station.ts';
import { median, percentile, rounded } from './statistics.ts';

const runs = 5;
const ordersARun = 2_000;
const warmUpOrders = 500;
const atOnce = 50;

export interface IntakeResult {
  readonly name: 'intake';
  readonly ordersPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly runs: readonly { readonly ordersPerSecond: number; readonly p99Ms: number }[];
}

/**
 * Orders of three items each, posted 50 at once over kept-alive connections, each answered after its commit is on disk.
 * The connection is paused meanwhile: only the intake works.
 */
export const runIntakeBench = async (): Promise<IntakeResult> => {
  const station = await startBenchStation('http://127.0.0.1:9/');
  try {
    await station.link.client.connections.pause({ id: 'cp' });
    await postOrders(station.intakeUrl, 0, warmUpOrders, atOnce);
    const results: { ordersPerSecond: number; p50Ms: number; p99Ms: number }[] = [];
    for (let run = 0; run < runs; run += 1) {
      const posted = await postOrders(station.intakeUrl, warmUpOrders + run * ordersARun, ordersARun, atOnce);
      results.push({
        ordersPerSecond: rounded(ordersARun / posted.seconds, 0),
        p50Ms: rounded(percentile(posted.latenciesMs, 0.5)),
        p99Ms: rounded(percentile(posted.latenciesMs, 0.99)),
      });
    }
    return {
      name: 'intake',
      ordersPerSecond: median(results.map((result) => result.ordersPerSecond)),
      p50Ms: median(results.map((result) => result.p50Ms)),
      p99Ms: median(results.map((result) => result.p99Ms)),
      runs: results.map(({ ordersPerSecond, p99Ms }) => ({ ordersPerSecond, p99Ms })),
    };
  } finally {
    await station.stop();
  }
};
