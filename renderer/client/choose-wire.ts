import { desktopWire } from './desktop-wire.ts';
import { takePageToken } from './page-token.ts';
import type { SessionMemory } from './session-memory.ts';
import { contractUrl, type OpenOutcome, openSocketWire } from './socket-wire.ts';
import { isTrainingPage, trainingQuery } from './training-place.ts';

/** How this page reaches its station. */
export interface WireChoice {
  readonly host: 'desktop' | 'browser';
  /** Null when the page has no key: then there is nothing to open. */
  readonly openWire: (() => Promise<OpenOutcome>) | null;
  /** Where the browser fetches a ready file; null in the desktop app, which drags it out instead. */
  readonly fileUrl: ((fileId: number) => string) | null;
  /** Where a ready file can be read piece by piece, to be shown; null when the page has no key. */
  readonly contentUrl: ((fileId: number) => string) | null;
}

/** What is taken away is written down with the initials of who is signed in. */
const sessionPart = (sessions: SessionMemory): string => {
  const session = sessions.read();
  return session === null ? '' : `&session=${encodeURIComponent(session)}`;
};

const hostAnswers = (): Promise<boolean> =>
  fetch('./', { method: 'HEAD', cache: 'no-store' }).then(
    (response) => response.status < 500,
    () => false,
  );

/** The desktop bridge where there is one, else a WebSocket to the host that served this page. */
export const chooseWire = (window: Window, sessions: SessionMemory): WireChoice => {
  const bridge = window.platen;
  const practising = isTrainingPage(window.location);
  if (bridge !== undefined) {
    return {
      host: 'desktop',
      openWire: () => Promise.resolve({ kind: 'open', wire: desktopWire(bridge) }),
      fileUrl: null,
      contentUrl: (fileId) => `files/${fileId}/content${practising ? `?${trainingQuery}` : ''}`,
    };
  }
  const token = takePageToken(window);
  if (token === null) return { host: 'browser', openWire: null, fileUrl: null, contentUrl: null };
  const url = contractUrl(window.location.href, token, practising);
  const key = `token=${encodeURIComponent(token)}${practising ? `&${trainingQuery}` : ''}`;
  return {
    host: 'browser',
    openWire: () => openSocketWire(url, { open: (target) => new WebSocket(target), hostAnswers }),
    fileUrl: (fileId) => `files/${fileId}?${key}${sessionPart(sessions)}`,
    contentUrl: (fileId) => `files/${fileId}/content?${key}`,
  };
};
