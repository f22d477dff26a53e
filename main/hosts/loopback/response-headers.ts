/** On every response. No CORS header, ever: no other site may read anything from here. */
export const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

/** For what is no page: should a browser show it anyway, it can do nothing. */
export const lockedPolicy = "default-src 'none'; frame-ancestors 'none'";

/** For scripts: one that runs as a worker lives under this policy, and may load more of our own. */
export const scriptPolicy = "default-src 'none'; script-src 'self'; frame-ancestors 'none'";
