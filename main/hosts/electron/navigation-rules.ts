import { app, shell, type WebContents } from 'electron';
import { errorText, type Logger } from '../../core/ports/logger.ts';
import { isAppPage, parseUrl } from './app-origin.ts';
import { openExternalLink } from './external-links.ts';

const openInBrowser = (url: string, logger: Logger): void => {
  shell.openExternal(url).catch((error: unknown) => logger.warn('link not opened', { cause: errorText(error) }));
};

const guard = (contents: WebContents, logger: Logger): void => {
  const refuse = (event: { preventDefault(): void }, what: string): void => {
    logger.warn(`${what} refused`);
    event.preventDefault();
  };

  // The page may load itself again; nothing else may be navigated to, by no frame.
  contents.on('will-navigate', (event) => {
    if (!isAppPage(parseUrl(event.url))) refuse(event, 'navigation');
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAppPage(parseUrl(event.url))) refuse(event, 'frame navigation');
  });
  contents.on('will-redirect', (event) => refuse(event, 'redirect'));
  contents.on('will-attach-webview', (event) => refuse(event, 'webview'));
  contents.setWindowOpenHandler(({ url }) => {
    if (!openExternalLink(url, (link) => openInBrowser(link, logger))) logger.warn('window refused');
    return { action: 'deny' };
  });
};

/** Binds every web contents that this app will ever have to the one page; call it before the first window. */
export const applyNavigationRules = (logger: Logger): void => {
  app.on('web-contents-created', (_event, contents) => guard(contents, logger));
};
