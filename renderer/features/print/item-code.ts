/** Digits and letters without those that look like others (Crockford's base 32): read aloud or typed, they stay apart. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const base = alphabet.length;
/** Tells an item's code from everything else that is scanned on a floor. */
const prefix = 'P';
/** Shorter ids are filled up, so that a stray key press is no code. */
const fewestDigits = 4;
/** The largest id that is a whole number for certain has so many digits of 5 bits. */
const mostDigits = 11;

/** What a hand or an eye makes of it: capitals, and the letters that are no part of the alphabet. */
export const readableCode = (text: string): string =>
  text.trim().toUpperCase().replaceAll(/[IL]/g, '1').replaceAll('O', '0');

/**
 * A weighted sum in the field of 32 elements (primitive polynomial x⁵ + x² + 1): each place has a weight of its own, so
 * that every wrong character is found, and every two that have changed places.
 */
export const checkCharacter = (digits: string): string => {
  const timesTwo = (element: number): number => (element < 16 ? element << 1 : (element << 1) ^ 0b100101);
  const sum = Array.from(digits).reduce((before, digit) => timesTwo(before) ^ alphabet.indexOf(digit), 0);
  return alphabet.charAt(timesTwo(sum));
};

/** What the code on a job ticket says: `P`, the item's id in base 32, a check character. */
export const itemCode = (itemId: number): string => {
  let digits = '';
  for (let rest = itemId; rest > 0; rest = Math.floor(rest / base)) digits = alphabet.charAt(rest % base) + digits;
  const padded = digits.padStart(fewestDigits, '0');
  return `${prefix}${padded}${checkCharacter(padded)}`;
};

/** The item's id that a scanned or typed code names; null for what is no such code, or was misread. */
export const itemOfCode = (text: string): number | null => {
  const code = readableCode(text);
  const digits = code.slice(prefix.length, -1);
  if (!code.startsWith(prefix) || digits.length < fewestDigits || digits.length > mostDigits) return null;
  if (Array.from(digits).some((digit) => !alphabet.includes(digit)) || checkCharacter(digits) !== code.at(-1))
    return null;
  const itemId = Array.from(digits).reduce((sum, digit) => sum * base + alphabet.indexOf(digit), 0);
  return Number.isSafeInteger(itemId) && itemId > 0 ? itemId : null;
};
