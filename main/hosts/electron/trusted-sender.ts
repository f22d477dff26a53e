import type { IpcMainEvent, WebContents } from 'electron';
import { isAppUrl, parseUrl } from './app-origin.ts';

/** Whether a message comes from the main frame of our own window while it shows our own page. */
export const isTrustedSender = (event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>, ours: WebContents): boolean => {
  const frame = event.senderFrame;
  return event.sender === ours && frame !== null && frame.parent === null && isAppUrl(parseUrl(frame.url));
};
