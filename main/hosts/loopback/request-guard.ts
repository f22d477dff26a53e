import { createHash, timingSafeEqual } from 'node:crypto';

/** What a request says of itself, as far as it decides whether the request is served. */
export interface RequestOrigin {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

/** The addresses that this host answers to; any other `Host` is a name that someone pointed at this machine (DNS rebinding). */
const hostsOf = (port: number): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

/**
 * Why a request is refused, in one line; null when it may be served. A page of another site carries its own `Origin`;
 * a program that is no browser carries none and is held back by the token alone.
 */
export const refusalOf = (request: RequestOrigin, port: number): string | null => {
  const host = request.host?.toLowerCase();
  if (host === undefined || !hostsOf(port).includes(host)) return 'this host name is not served here';
  if (request.origin !== undefined && request.origin.toLowerCase() !== `http://${host}`) {
    return 'requests from other sites are refused';
  }
  return null;
};

/** Compares in a time that says nothing about how much of the token was right. */
export const isToken = (given: string | null, token: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return given !== null && timingSafeEqual(digest(given), digest(token));
};
