import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../main/training/random/seeded-random.ts';
import { type CrashPoint, crashPoints } from './crash-points.ts';
import { ripTakes, ShopFloor, visibleNames } from './shop-floor.ts';

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
  await floor.start({ id: 'indigo' });
});
afterEach(async () => {
  for (const child of stations.splice(0)) child.kill('SIGKILL');
  await floor.close();
});

const stations: ChildProcess[] = [];
const station = (point: string): ChildProcess => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crashing-station.ts'), floor.root, point], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stations.push(child);
  return child;
};

/** Runs a station of its own process until it is killed at the point. */
const crashAt = async (point: CrashPoint): Promise<void> => {
  await floor.whileAway(async () => {
    const child = station(point);
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
  });
};

/** Two files whose hand-over is due, while no station runs. The first is large enough to be killed in its middle. */
const twoFilesDue = async (firstBytes = 20): Promise<void> => {
  await floor.hotFolders.stop();
  await floor.addReady({ name: 'first.pdf', content: Buffer.alloc(firstBytes, '1') });
  await floor.addReady({ name: 'second.pdf', content: '2' });
};

const largeBytes = 100_000_000;

const temporaryNames = async (): Promise<string[]> =>
  (await readdir(floor.folder('indigo'))).filter((name) => name.endsWith('.part'));

describe('a kill -9 in the middle of a hand-over: nothing is handed over twice, nothing is lost', () => {
  test.each(crashPoints)('%s', async (point) => {
    await twoFilesDue(point === 'in the middle of the copy' ? largeBytes : 20);
    await crashAt(point);
    const [first] = await floor.handovers();
    if (point === 'in the middle of the copy') {
      const { size } = await stat(join(floor.folder('indigo'), first?.temporaryName ?? ''));
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThan(largeBytes);
    }
    const wasThere = point === 'after the rename' || point === 'after the result is committed';
    expect(await visibleNames(floor.folder('indigo'))).toEqual(wasThere ? ['first.pdf'] : []);

    await floor.hotFolders.start();
    await floor.untilStates('sent', 'sent');
    const taken = await ripTakes(floor.folder('indigo'));
    expect(taken.map(({ name }) => name)).toEqual(['first.pdf', 'second.pdf']);
    await floor.untilStates('pickedUp', 'pickedUp');
    expect(await visibleNames(floor.folder('indigo'))).toEqual([]);
    expect(await temporaryNames()).toEqual([]);
    const sent = (await floor.history()).filter(({ code }) => code === 'handover.sent');
    expect(sent).toHaveLength(2);
    expect(sent[0]?.evidence).toBe(point === 'after the rename' ? 'foundInFolder' : 'writtenToFolder');
  });

  test('a file that the RIP took right after the rename, before anyone could write that down, is asked about', async () => {
    await twoFilesDue();
    await crashAt('after the rename');
    expect(await ripTakes(floor.folder('indigo'))).toHaveLength(1);
    await floor.hotFolders.start();
    await floor.untilStates('maybeSent', 'sent');
    expect(await visibleNames(floor.folder('indigo'))).toEqual(['second.pdf']);
  });

  test('a file that the RIP took after the result was written down is picked up', async () => {
    await twoFilesDue();
    await crashAt('after the result is committed');
    expect(await ripTakes(floor.folder('indigo'))).toHaveLength(1);
    await floor.hotFolders.start();
    await floor.untilStates('pickedUp', 'sent');
  });

  test('the decision waits until a folder that is away can be looked at', async () => {
    await twoFilesDue();
    await crashAt('after the rename');
    await rename(floor.folder('indigo'), `${floor.folder('indigo')}-away`);
    await floor.hotFolders.start();
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    expect(await floor.states()).toEqual(['copying', 'intended']);
    await rename(`${floor.folder('indigo')}-away`, floor.folder('indigo'));
    await floor.untilStates('sent', 'sent');
    expect(await visibleNames(floor.folder('indigo'))).toEqual(['first.pdf', 'second.pdf']);
  });

  test('killed again and again at arbitrary moments, each file reaches the RIP once', {
    timeout: 120_000,
  }, async () => {
    const random = seededRandom('kill');
    const names = Array.from({ length: 30 }, (_, index) => `${index}.pdf`);
    await floor.hotFolders.stop();
    for (const name of names) await floor.addReady({ name, content: Buffer.alloc(300_000, name) });

    const arrivals: string[] = [];
    const takeAll = async (): Promise<void> => {
      for (const { name } of await ripTakes(floor.folder('indigo'))) arrivals.push(name);
    };
    await floor.whileAway(async () => {
      for (let round = 0; round < 8; round += 1) {
        const child = station('');
        const ended = once(child, 'exit');
        if (child.stdout !== null) await once(child.stdout, 'data');
        const killAfterMs = random.next() * 150;
        const rip = (async () => {
          while (child.exitCode === null && child.signalCode === null) {
            await takeAll();
            await delay(3);
          }
        })();
        await delay(killAfterMs);
        child.kill('SIGKILL');
        await ended;
        await rip;
      }
    });

    await floor.hotFolders.start();
    const isSettled = (state: string): boolean => state === 'pickedUp' || state === 'maybeSent';
    await floor.until(async () => {
      await takeAll();
      return (await floor.states()).every(isSettled);
    });
    // A person asks the RIP about each that is in doubt, and answers.
    for (const row of await floor.handovers()) {
      if (row.state !== 'maybeSent') continue;
      await floor.hotFolders.settle(row.id, arrivals.includes(row.fileName) ? 'sent' : 'notSent', 'AB');
    }
    await floor.until(async () => {
      await takeAll();
      return (await floor.states()).every((state) => state === 'pickedUp');
    });
    expect(arrivals.toSorted()).toEqual(names.toSorted());
    expect(await temporaryNames()).toEqual([]);
  });
});
