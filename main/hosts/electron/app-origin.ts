/** The screens' own scheme and host: `app://platen/`. */
export const appScheme = 'app';
const appHost = 'platen';

/** The one page of the desktop app. */
export const appPageUrl = `${appScheme}://${appHost}/index.html`;

/** Parses a URL; null when it is none. */
export const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

/**
 * Whether a URL belongs to the screens. Scheme and host are compared one by one, because the `origin` of a scheme
 * that Node does not know is the word "null" for every such URL.
 */
export const isAppUrl = (url: URL | null): boolean =>
  url !== null &&
  url.protocol === `${appScheme}:` &&
  url.host === appHost &&
  url.username === '' &&
  url.password === '';

/** Whether a URL is the page itself, whatever its fragment or query: what a reload asks for. */
export const isAppPage = (url: URL | null): boolean =>
  url !== null && isAppUrl(url) && ['/', '/index.html'].includes(url.pathname);
