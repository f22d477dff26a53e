import path from 'node:path';

/** Every kind of file that the screens' bundle holds. What is not named here is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  // Fonts that the PDF library reads by itself.
  '.pfb': 'application/octet-stream',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
};

export interface BundleFile {
  readonly path: string;
  readonly contentType: string;
}

const decodePath = (pathname: string): string | null => {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
};

/** The file that a URL's path names inside `root`; null when it would lie outside, or is of no known kind. */
export const bundleFile = (root: string, pathname: string): BundleFile | null => {
  const decoded = decodePath(pathname);
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = path.resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`);
  const inside = path.relative(root, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) return null;
  const contentType = contentTypes[path.extname(file)];
  return contentType === undefined ? null : { path: file, contentType };
};
