import { createHmac, hash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Whether the candidate is the secret, in a time that tells nothing of it. Where there is no secret nothing matches. */
export const matchesSecret = (secret: string | null, candidate: string): boolean => {
  const same = timingSafeEqual(digest(secret ?? ''), digest(candidate));
  return same && secret !== null && secret !== '';
};

/** The same against a secret of which only the SHA-256 (hex) is known; a text that is no such digest matches nothing. */
export const matchesDigest = (secretDigestHex: string, candidate: string): boolean => {
  const wanted = Buffer.from(secretDigestHex, 'hex');
  const own = digest(candidate);
  return wanted.length === own.length && timingSafeEqual(wanted, own);
};

/** Whether the candidate is the base64 HMAC-SHA256 of these very bytes with the secret; without a secret nothing is. */
export const matchesSignature = (secret: string | null, body: Buffer, candidate: string): boolean => {
  if (secret === null || secret === '') return false;
  return matchesSecret(createHmac('sha256', secret).update(body).digest('base64'), candidate);
};
