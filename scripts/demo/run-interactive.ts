import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { demoConnections } from './demo-connections.ts';
import { intakeListens, postDemoOrders, type Turn, turnsOf } from './demo-events.ts';
import { type DemoFolder, prepareDemoFolder } from './demo-folder.ts';
import { openPlatforms } from './demo-platforms.ts';
import { guideLines } from './guide-lines.ts';
import type { OpenStation } from './open-station.ts';
import { startSimulatedRip } from './simulated-rip.ts';

const undoSeconds = 15;
const hourMs = 3_600_000;
const ripTakesAfterMs = 25_000;
const betweenEventsMs = 15_000;
/** No more than this many things happen, so that a demo that is left open does not fill the disk. */
const mostEvents = 200;
/** Files come at the speed of an ordinary line, so that the progress can be seen. */
const bytesPerSecond = 600_000;
const pace = { renderMs: 8_000, pipelineMs: 12_000 };

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Runs until the person ends it (Ctrl-C) or the station ends. */
export const runInteractive = async (openStation: (folder: DemoFolder) => Promise<OpenStation>): Promise<void> => {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  const rest = (durationMs: number): Promise<unknown> =>
    delay(durationMs, undefined, { signal: ended.signal }).catch(() => undefined);
  await using platforms = await openPlatforms(pace);
  const folder = await prepareDemoFolder(demoConnections(platforms), undoSeconds);
  platforms.printApi.setWebhookUrl(`${folder.intakeUrl}/pa`);
  for (const { fileKnobs } of [platforms.cloudprinter, platforms.printess, platforms.canvas]) {
    fileKnobs.set({ fault: { kind: 'slow', bytesPerSecond } });
  }
  const station = await openStation(folder);
  void station.ended.then(() => ended.abort());
  const stopRips = [folder.bookPress, folder.sheetPress].map((path) => startSimulatedRip(path, ripTakesAfterMs));
  const turns = turnsOf(platforms, folder, ended.signal);
  const take = async ({ platform, next }: Turn): Promise<void> => {
    const line = await next();
    if (!ended.signal.aborted) print(`${new Date().toLocaleTimeString('en-GB')}  ${platform}: ${line}`);
  };
  try {
    for (const line of guideLines(station, platforms, folder, betweenEventsMs)) print(line);
    await intakeListens(folder, ended.signal);
    await postDemoOrders(platforms, folder);
    for (const turn of turns) if (!ended.signal.aborted) await take(turn);
    for (let taken = 0; taken < mostEvents && !ended.signal.aborted; taken += 1) {
      await rest(betweenEventsMs);
      const turn = turns[taken % turns.length];
      if (turn !== undefined && !ended.signal.aborted) await take(turn);
    }
    while (!ended.signal.aborted) await rest(hourMs);
  } finally {
    for (const stop of stopRips) stop();
    await station.stop();
    await rm(folder.root, { recursive: true, force: true });
  }
};
