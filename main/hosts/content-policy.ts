/** The page's Content-Security-Policy. A nonce lets the page's own style elements in, and nothing else inline. */
export const contentPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Where the page's HTML wants its nonce. */
export const noncePlaceholder = '__CSP_NONCE__';
