import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesDigest, matchesSecret } from '../../../../main/core/intake/secret-match.ts';

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

it('where there is no secret nothing matches', () => {
  for (const candidate of ['', 'x', 'null']) {
    expect(matchesSecret(null, candidate)).toBe(false);
    expect(matchesSecret('', candidate)).toBe(false);
    expect(matchesDigest('', candidate)).toBe(false);
    expect(matchesDigest('not a digest', candidate)).toBe(false);
  }
});
