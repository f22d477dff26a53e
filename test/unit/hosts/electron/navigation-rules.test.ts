import { beforeEach, describe, expect, test, vi } from 'vitest';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { openExternalLink } from '../../../../main/hosts/electron/external-links.ts';
import { applyNavigationRules } from '../../../../main/hosts/electron/navigation-rules.ts';
import { FakeEvent, FakeWebContents, fakeElectron, resetElectron } from '../../../support/electron-fake.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

let contents: FakeWebContents;

beforeEach(() => {
  resetElectron();
  applyNavigationRules(silentLogger);
  contents = new FakeWebContents();
  fakeElectron.app.emit('web-contents-created', new FakeEvent(), contents);
});

const refused = (name: string, details: object): boolean => {
  const event = Object.assign(new FakeEvent(), details);
  contents.emit(name, event);
  return event.defaultPrevented;
};

const elsewhere = [
  'https://example.com/',
  'http://127.0.0.1:1/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,hello',
  'app://elsewhere/index.html',
  'app://platen.evil/index.html',
  'app://platen/assets/main.js',
  'APP://user@platen/index.html',
];

describe('navigation', () => {
  test.each(elsewhere)('to %s is refused', (url) => {
    expect(refused('will-navigate', { url })).toBe(true);
    expect(refused('will-frame-navigate', { url, isMainFrame: true })).toBe(true);
    expect(refused('will-frame-navigate', { url, isMainFrame: false })).toBe(true);
  });

  test('of the page to itself is a reload, and allowed', () => {
    expect(refused('will-navigate', { url: 'app://platen/index.html#/orders' })).toBe(false);
    expect(refused('will-frame-navigate', { url: 'app://platen/index.html', isMainFrame: true })).toBe(false);
  });

  test('of a frame inside the page is refused even to our own page', () => {
    expect(refused('will-frame-navigate', { url: 'app://platen/index.html', isMainFrame: false })).toBe(true);
  });

  test('by a redirect is refused, wherever it leads', () => {
    expect(refused('will-redirect', { url: 'app://platen/index.html' })).toBe(true);
  });

  test('binds every web contents, not only our window', () => {
    const other = new FakeWebContents();
    fakeElectron.app.emit('web-contents-created', new FakeEvent(), other);
    const event = Object.assign(new FakeEvent(), { url: 'https://example.com/' });
    other.emit('will-navigate', event);
    expect(event.defaultPrevented).toBe(true);
  });
});

describe('new windows', () => {
  test('a webview is never attached', () => {
    expect(refused('will-attach-webview', {})).toBe(true);
  });

  test('no window is opened, and an unknown address is not opened anywhere', () => {
    expect(contents.windowOpenHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(fakeElectron.openedLinks).toEqual([]);
  });

  test('a page of a platform opens in the browser of the person', () => {
    expect(contents.windowOpenHandler?.({ url: 'https://docs.cloudprinter.com/' })).toEqual({ action: 'deny' });
    expect(fakeElectron.openedLinks).toEqual(['https://docs.cloudprinter.com/']);
  });
});

describe('external links', () => {
  const opened = (link: string): readonly string[] => {
    const links: string[] = [];
    openExternalLink(link, (url) => links.push(url));
    return links;
  };

  test.each([
    'http://docs.cloudprinter.com/',
    'https://docs.cloudprinter.com.evil.example/',
    'https://evil-docs.cloudprinter.com/',
    'https://docs.cloudprinter.com@evil.example/',
    'https://user:word@docs.cloudprinter.com/',
    'https://docs.cloudprinter.com:8443/',
    'file:///usr/bin/true',
    'smb://docs.cloudprinter.com/share',
    'docs.cloudprinter.com',
    '',
  ])('%s is not opened', (link) => expect(opened(link)).toEqual([]));

  test('an https page of a host on the list is opened', () => {
    expect(opened('https://docs.cloudprinter.com/apps#signals')).toEqual([
      'https://docs.cloudprinter.com/apps#signals',
    ]);
  });
});
