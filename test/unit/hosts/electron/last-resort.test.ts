import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { startAgainAfterBug } from '../../../../main/hosts/electron/last-resort.ts';
import { fakeElectron, resetElectron } from '../../../support/electron-fake.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

beforeEach(() => resetElectron());

const failAfter = async (upMs: number, event: string) => {
  const processEvents = new EventEmitter();
  const lines: string[] = [];
  let elapsedMs = 1_000;
  startAgainAfterBug({
    processEvents,
    clock: { elapsedMs: () => elapsedMs },
    logger: {
      info: () => undefined,
      warn: () => undefined,
      error: (message, detail) => lines.push(`${message}: ${detail?.cause}`),
      close: async () => {
        lines.push('closed');
      },
    },
  });
  elapsedMs += upMs;
  processEvents.emit(event, new Error('a bug'));
  processEvents.emit(event, new Error('its echo'));
  await vi.waitFor(() => expect(fakeElectron.app.exitCode).toBe(1));
  return lines;
};

describe.each(['uncaughtException', 'unhandledRejection'])('after an %s', (event) => {
  test('the app writes it down once and starts again by itself, with no dialog that waits for a person', async () => {
    const lines = await failAfter(60_000, event);
    expect(lines).toEqual([expect.stringMatching(/nothing caught: Error: a bug\n/), 'closed']);
    expect(fakeElectron.app.relaunches).toBe(1);
    expect(fakeElectron.errorBoxes).toEqual([]);
  });

  test('an app that has hardly started ends, instead of failing over and over', async () => {
    await failAfter(59_999, event);
    expect(fakeElectron.app.relaunches).toBe(0);
  });
});
