import { parseUrl } from './app-origin.ts';

/** The platforms' help pages that a screen may point to. Exact hosts: a name that only ends like one is another's. */
const allowedHosts: ReadonlySet<string> = new Set([
  'docs.cloudprinter.com',
  'help.cloudprinter.com',
  'knowledge.cloudprinter.com',
  'customerscanvas.com',
  'customerscanvashub.com',
]);

/** Opens a link in the person's browser when it is https and on the list; answers whether it did. */
export const openExternalLink = (link: string, open: (url: string) => void): boolean => {
  const url = parseUrl(link);
  const allowed =
    url !== null &&
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    allowedHosts.has(url.host);
  if (allowed) open(url.href);
  return allowed;
};
