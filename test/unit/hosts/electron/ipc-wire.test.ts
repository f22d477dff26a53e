import type { WebContents } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { desktopChannel, longestMessage, type Wire } from '../../../../main/contract/wire.ts';
import type { Logger } from '../../../../main/core/ports/logger.ts';
import { acceptWires } from '../../../../main/hosts/electron/ipc-wire.ts';
import { type FakeFrame, FakeWebContents, fakeElectron, resetElectron } from '../../../support/electron-fake.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

const page: FakeFrame = { url: 'app://platen/index.html', parent: null };

let ours: FakeWebContents;
let wires: Wire[];
let received: string[];
let closed: number;
let warnings: string[];

beforeEach(() => {
  resetElectron();
  ours = new FakeWebContents();
  wires = [];
  received = [];
  closed = 0;
  warnings = [];
  const logger: Logger = { info: () => undefined, warn: (line) => warnings.push(line), error: () => undefined };
  const accept = (wire: Wire): void => {
    wires.push(wire);
    wire.onMessage((message) => received.push(message));
    wire.onClose(() => {
      closed += 1;
    });
    wire.send('hello');
  };
  acceptWires(ours as unknown as WebContents, accept, logger);
});

const post = (message: unknown, frame: FakeFrame | null = page, sender: FakeWebContents = ours): void => {
  fakeElectron.ipc.emit(desktopChannel, { sender, senderFrame: frame }, message);
};

describe('the wire of a page', () => {
  test('opens with the first message, so that the greeting finds a listener', () => {
    expect(ours.sent).toEqual([]);
    post('first');
    expect(ours.sent).toEqual([{ channel: desktopChannel, message: 'hello' }]);
    expect(received).toEqual(['first']);
  });

  test('stays the same for all messages of the page', () => {
    post('one');
    post('two');
    expect(wires).toHaveLength(1);
    expect(received).toEqual(['one', 'two']);
  });

  test('closes when the page is loaded again, and the new page gets its own', () => {
    post('one');
    ours.emit('did-navigate');
    expect(closed).toBe(1);
    post('two');
    expect(wires).toHaveLength(2);
    wires[0]?.send('late answer to the old page');
    expect(ours.sent.map(({ message }) => message)).toEqual(['hello', 'hello']);
  });

  test('closes when the page crashes', () => {
    post('one');
    ours.emit('render-process-gone');
    expect(closed).toBe(1);
  });

  test('closes when the window is destroyed: later answers go nowhere, later messages are not heard', () => {
    post('one');
    ours.destroy();
    wires[0]?.send('late');
    post('two');
    expect(closed).toBe(1);
    expect(received).toEqual(['one']);
    expect(fakeElectron.ipc.listenerCount(desktopChannel)).toBe(0);
  });
});

describe('a message is dropped and written down when it comes from', () => {
  const dropped = (): void => {
    expect(received).toEqual([]);
    expect(wires).toEqual([]);
    expect(warnings).toEqual(['message from an unknown sender dropped']);
  };

  test('another web contents, even one that shows our page', () => {
    post('hostile', page, new FakeWebContents());
    dropped();
  });

  test('a frame inside our page', () => {
    post('hostile', { url: 'app://platen/index.html', parent: page });
    dropped();
  });

  test('a frame that is already gone', () => {
    post('hostile', null);
    dropped();
  });

  test.each([
    'https://platen/index.html',
    'app://platen.evil/index.html',
    'app://platen@evil/index.html',
    'app://evil/?app://platen/',
    'app://platen:80/index.html',
    'file:///app://platen/index.html',
    'about:blank',
    'data:text/html,app://platen/',
    'blob:app://platen/1',
    '',
  ])('our window while it shows %s', (url) => {
    post('hostile', { url, parent: null });
    dropped();
  });
});

describe('a message of our page is dropped when', () => {
  test.each([[{ type: 'call' }], [42], [null], [undefined], [new Uint8Array(2)]])('it is no text: %s', (message) => {
    post(message);
    expect(received).toEqual([]);
    expect(warnings).toEqual(['message of a wrong form dropped']);
  });

  test('it is too long, while one of the greatest length passes', () => {
    post('x'.repeat(longestMessage));
    post('x'.repeat(longestMessage + 1));
    expect(received.map((message) => message.length)).toEqual([longestMessage]);
    expect(warnings).toEqual(['message of a wrong form dropped']);
  });
});
