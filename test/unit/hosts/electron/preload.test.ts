import type { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { DesktopBridge } from '../../../../main/contract/wire.ts';

const state = vi.hoisted(() => ({
  world: new Map<string, unknown>(),
  sent: [] as unknown[][],
  ipc: null as EventEmitter | null,
}));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  const ipc = new Emitter();
  state.ipc = ipc;
  return {
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => state.world.set(name, value) },
    ipcRenderer: Object.assign(ipc, { send: (...args: unknown[]) => state.sent.push(args) }),
  };
});

beforeEach(async () => {
  state.world.clear();
  state.sent.length = 0;
  vi.resetModules();
  await import('../../../../preload/index.ts');
});

const bridge = (): DesktopBridge => state.world.get('platen') as DesktopBridge;

describe('the preload (checklist 20)', () => {
  test('gives the page one frozen object with two functions', () => {
    expect([...state.world.keys()]).toEqual(['platen']);
    expect(Object.keys(bridge())).toEqual(['send', 'onMessage']);
    expect(Object.isFrozen(bridge())).toBe(true);
  });

  test('sends on the one channel, whatever else the page passes', () => {
    const hostile = bridge() as { send(...args: unknown[]): unknown };
    expect(hostile.send('text', 'other:channel', { extra: true })).toBeUndefined();
    expect(state.sent).toEqual([['platen:message', 'text']]);
  });

  test('hands over the text alone: no event object of Electron reaches the page', () => {
    const heard: unknown[][] = [];
    bridge().onMessage((...args: unknown[]) => heard.push(args));
    state.ipc?.emit('platen:message', { sender: 'ipcRenderer' }, 'hello');
    state.ipc?.emit('other:channel', {}, 'not for us');
    expect(heard).toEqual([['hello']]);
  });

  test('a listener can be taken off, which returns nothing of Electron', () => {
    const heard: string[] = [];
    const off = bridge().onMessage((message) => heard.push(message)) as () => unknown;
    expect(off()).toBeUndefined();
    state.ipc?.emit('platen:message', {}, 'late');
    expect(heard).toEqual([]);
  });

  test('is at most thirty lines', async () => {
    const source = await readFile(path.resolve(import.meta.dirname, '../../../../preload/index.ts'), 'utf8');
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });
});
