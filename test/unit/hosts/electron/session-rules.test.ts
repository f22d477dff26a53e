import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { applySessionRules } from '../../../../main/hosts/electron/session-rules.ts';
import { FakeEvent, FakeSession } from '../../../support/electron-fake.ts';

const ruled = (): FakeSession => {
  const session = new FakeSession();
  applySessionRules(session as unknown as Parameters<typeof applySessionRules>[0], silentLogger);
  return session;
};

describe('what a screen may not have', () => {
  test.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem', 'openExternal', 'unknown'])(
    'the permission %s, when it asks',
    (permission) => {
      let granted: boolean | null = null;
      ruled().permissionRequestHandler?.({}, permission, (answer) => {
        granted = answer;
      });
      expect(granted).toBe(false);
    },
  );

  test('any permission, when it only looks', () => {
    expect(ruled().permissionCheckHandler?.()).toBe(false);
  });

  test('any device', () => {
    expect(ruled().devicePermissionHandler?.()).toBe(false);
  });

  test('a download', () => {
    const event = new FakeEvent();
    ruled().emit('will-download', event);
    expect(event.defaultPrevented).toBe(true);
  });

  const cancelled = (url: string): boolean | null => {
    let cancel: boolean | null = null;
    ruled().beforeRequest?.({ url }, (response) => {
      cancel = response.cancel;
    });
    return cancel;
  };

  test.each([
    'https://api.cloudprinter.com/',
    'http://127.0.0.1:8750/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'app://elsewhere/x.js',
    'app://platen.evil/x.js',
    'chrome://settings/',
    'not a url',
  ])('the network: %s', (url) => expect(cancelled(url)).toBe(true));

  test.each([
    'app://platen/index.html',
    'app://platen/assets/main.js',
    'data:image/png;base64,AA==',
    'blob:app://platen/1',
  ])('but its own files are there: %s', (url) => expect(cancelled(url)).toBe(false));
});
