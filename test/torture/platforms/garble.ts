import type { SeededRandom } from '../../../main/training/random/seeded-random.ts';

/** How a receiver notices a changed byte: it is no JSON any more, or its MD5 is another. */
export type Telltale = 'json' | 'md5' | 'nothing';

/**
 * A body with one byte changed so that its receiver can tell. What nothing tells of stays whole: against that there is
 * TLS, and none of it is in these tests.
 */
export const garbled = (body: Buffer, telltale: Telltale, random: SeededRandom): Buffer => {
  if (body.byteLength === 0 || telltale === 'nothing') return body;
  const copy = Buffer.from(body);
  const at = random.below(copy.byteLength);
  // A control character is valid nowhere in JSON but between its tokens, and this one not even there.
  copy[at] = telltale === 'json' ? 0 : (copy[at] ?? 0) ^ 0xff;
  return copy;
};
