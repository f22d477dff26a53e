/** On every response. No CORS header, ever: no other site may read anything from here. */
export const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

/** For what is no page: should a browser show it anyway, it can do nothing. */
export const lockedPolicy = "default-src 'none'; frame-ancestors 'none'";
