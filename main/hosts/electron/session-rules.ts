import type { Session } from 'electron';
import type { Logger } from '../../core/ports/logger.ts';
import { isAppUrl, parseUrl } from './app-origin.ts';

/** `data:` and `blob:` never leave the page; what they may be used for is the content policy's to say. */
const staysInThePage = (url: URL): boolean => ['data:', 'blob:'].includes(url.protocol);

/** Takes from the screens everything they do not need: permissions, devices, the network, downloads. */
export const applySessionRules = (session: Session, logger: Logger): void => {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    logger.warn('permission refused', { permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);

  session.webRequest.onBeforeRequest((details, answer) => {
    const url = parseUrl(details.url);
    const allowed = url !== null && (isAppUrl(url) || staysInThePage(url));
    if (!allowed) logger.warn('network request of a screen refused', { host: url?.host ?? '' });
    answer({ cancel: !allowed });
  });

  session.on('will-download', (event) => {
    logger.warn('download refused');
    event.preventDefault();
  });
};
