import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../main/core/ports/clock.ts';
import { createStandInStation } from '../../contract/stand-in/stand-in-station.ts';
import { startPlaten } from './platen.ts';

const canary = 'Canary-Key-0123456789';
const bug = new Error(`boom at https://api.example.com/orders?apikey=${canary} with Authorization: Bearer ${canary}`);

it('a serving station that meets a bug says so and ends, with no key in its log or on the screen', async () => {
  const data = await mkdtemp(join(tmpdir(), 'platen-crash-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const listeners: ((error: unknown) => void)[] = [];
  const exits: (number | undefined)[] = [];
  const running = startPlaten(['serve', '--data', data], {
    clock: systemClock,
    createStation: async () => createStandInStation(),
    onBug: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
    exitAtOnce: (exitCode) => exits.push(exitCode),
  });
  await expect.poll(running.out).toContain('Platen is ready');
  for (const listener of listeners) {
    listener(bug);
    listener(new Error('its echo'));
  }
  await expect.poll(() => exits).toEqual([1]);
  expect(running.err()).toMatch(/^platen: the station ended after an error that nothing caught: boom at https:.+\n$/u);
  const log = await readFile(join(data, 'logs', 'platen.log'), 'utf8');
  expect(log).toContain('the station ends after an error that nothing caught');
  expect(log, 'where it was').toContain('crash-output.test.ts');
  expect(running.err() + log).not.toContain(canary);
  running.interrupt();
  await running.ended;
});
