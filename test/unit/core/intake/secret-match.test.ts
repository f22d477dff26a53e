import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesDigest, matchesSecret, matchesSignature } from '../../../../main/core/intake/secret-match.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

it('a secret is matched by itself only', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (secret, candidate) => {
      expect(matchesSecret(secret, secret)).toBe(true);
      expect(matchesSecret(secret, candidate)).toBe(candidate === secret);
      expect(matchesDigest(sha256(secret), secret)).toBe(true);
      expect(matchesDigest(sha256(secret), candidate)).toBe(candidate === secret);
    }),
  );
});

const hmac = (secret: string, body: Uint8Array): string => createHmac('sha256', secret).update(body).digest('base64');

it('a signature fits the very bytes that it was made of, and its own secret', () => {
  const bytes = fc.uint8Array().map((array) => Buffer.from(array));
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.string({ minLength: 1 }),
      bytes,
      bytes,
      (secret, other, body, second) => {
        expect(matchesSignature(secret, body, hmac(secret, body))).toBe(true);
        expect(matchesSignature(secret, body, hmac(secret, second))).toBe(body.equals(second));
        expect(matchesSignature(secret, body, hmac(other, body))).toBe(hmac(other, body) === hmac(secret, body));
        expect(matchesSignature(secret, body, '')).toBe(false);
      },
    ),
  );
});

it('where there is no secret nothing matches', () => {
  for (const candidate of ['', 'x', 'null']) {
    expect(matchesSecret(null, candidate)).toBe(false);
    expect(matchesSecret('', candidate)).toBe(false);
    expect(matchesDigest('', candidate)).toBe(false);
    expect(matchesSignature('', Buffer.from(candidate), hmac('', Buffer.from(candidate)))).toBe(false);
    expect(matchesSignature(null, Buffer.from(candidate), hmac('', Buffer.from(candidate)))).toBe(false);
    expect(matchesDigest('not a digest', candidate)).toBe(false);
  }
});
