import { expect, test } from 'vitest';
import { hashPin, pinMatches, usualPinCost } from '../../../../main/core/people/pin-hash.ts';
import { cheapPins } from '../../../support/staffed-station.ts';

test('a PIN is kept as a slow hash with a salt of its own, and nothing else opens it', async () => {
  const kept = await hashPin('4711', cheapPins);
  const again = await hashPin('4711', cheapPins);
  expect(kept).toMatch(/^scrypt\$4\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(again).not.toBe(kept);
  expect(kept + again).not.toContain('4711');
  expect(await Promise.all(['4711', '4712', '47110', ''].map((pin) => pinMatches(pin, kept, cheapPins)))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('a hash says what it cost, so one that was made cheaper is still known', async () => {
  // Made with Node's scryptSync: PIN 2468, a salt of sixteen zero bytes.
  const old = 'scrypt$10$8$1$AAAAAAAAAAAAAAAAAAAAAA$kCzjjX1L3KgZ-TSzHn2MZHXSEhy2RB4pMk1no3PETDs';
  expect(await pinMatches('2468', old, usualPinCost)).toBe(true);
  expect(await pinMatches('2469', old, usualPinCost)).toBe(false);
});

test('one try with the usual cost needs 32 MB, which no chip has much of for itself', async () => {
  expect(2 ** usualPinCost.costLog2 * usualPinCost.blockSize * 128).toBe(32 * 1024 * 1024);
  const kept = await hashPin('4711', usualPinCost);
  expect(kept).toMatch(/^scrypt\$15\$8\$3\$/);
  expect(await pinMatches('4711', kept, cheapPins)).toBe(true);
});

test.each([null, '', '4711', 'scrypt$15$8$3$short$short'])('nothing matches %j', async (kept) => {
  expect(await pinMatches('4711', kept, cheapPins)).toBe(false);
});
