import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { createOrderPoster } from './bench-orders.ts';
import { startBenchStation } from './bench-station.ts';
import { percentile, rounded } from './statistics.ts';

const connections = 10_000;
const garbagePerSecond = 1_000;
const ordersPerSecond = 20;
const wantedP99Ms = 250;

const attackReport = z.object({
  opened: z.number(),
  mostOpen: z.number(),
  ended: z.number(),
  garbage: z.number(),
  answers: z.record(z.string(), z.number()),
});

export interface IntakeAttackOptions {
  readonly seconds: number;
}

const residentMegabytes = async (pid: number | undefined): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s*(\d+)/u.exec(status)?.[1] ?? 0) / 1024);
};

const file = { url: 'http://127.0.0.1:9/nothing.pdf', md5: '23fca58c548ac7b5459f951b54848c92', bytes: 25 };

/** Posts good orders at a steady pace; the time of each, and how many were not taken. */
const postSteadily = async (url: string, first: number, seconds: number) => {
  const poster = createOrderPoster(url, file);
  const latenciesMs: number[] = [];
  let lost = 0;
  const posts: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let number = 0; number < seconds * ordersPerSecond; number += 1) {
    await delay(Math.max(0, startedAt + (number * 1000) / ordersPerSecond - performance.now()));
    const sentAt = performance.now();
    const posted = poster.post(first + number).catch(() => 0);
    posts.push(
      posted.then((status) => {
        if (status === 200) latenciesMs.push(performance.now() - sentAt);
        else lost += 1;
      }),
    );
  }
  await Promise.all(posts);
  poster.close();
  const sorted = latenciesMs.toSorted((left, right) => left - right);
  return {
    taken: sorted.length,
    lost,
    p50Ms: rounded(percentile(sorted, 0.5)),
    p99Ms: rounded(percentile(sorted, 0.99)),
  };
};

/**
 * Good orders at a steady pace, first in peace and then beside an attack from a process of its own: connections that
 * send a head byte by byte, bodies in chunks without an end, headers without measure, and garbage.
 */
export const runIntakeAttackBench = async ({ seconds }: IntakeAttackOptions) => {
  const station = await startBenchStation('http://127.0.0.1:9/');
  try {
    await station.link.client.connections.pause({ id: 'cp' });
    await postSteadily(station.intakeUrl, 0, 2);
    const inPeace = await postSteadily(station.intakeUrl, 1_000_000, seconds);
    const megabytesBefore = await residentMegabytes(station.process.pid);
    const attacker = spawn(
      process.execPath,
      [
        join(import.meta.dirname, 'intake-attacker.ts'),
        station.intakeUrl,
        String(connections),
        String(garbagePerSecond),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    await delay(2_000);
    const underAttack = await postSteadily(station.intakeUrl, 2_000_000, seconds);
    const megabytesUnderAttack = await residentMegabytes(station.process.pid);
    attacker.stdin.end();
    const reported = text(attacker.stdout);
    await once(attacker, 'exit');
    const report = attackReport.parse(JSON.parse(await reported));
    const health = await fetch(new URL('/health', station.intakeUrl));
    return {
      name: 'intake-attack',
      seconds,
      inPeace,
      underAttack,
      attack: report,
      megabytes: { before: megabytesBefore, underAttack: megabytesUnderAttack },
      healthAfterwards: health.status,
      kept: underAttack.lost === 0 && underAttack.p99Ms < wantedP99Ms && health.status === 200,
    };
  } finally {
    await station.stop();
  }
};
