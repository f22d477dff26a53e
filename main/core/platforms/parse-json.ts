import { endOfJsonString } from './json-strings.ts';

/** Deeper than anything that a shop or a platform sends; what is much deeper ends the stack of whoever writes it down. */
const deepest = 100;

export interface ParseJsonOptions {
  /** Text with more is not parsed: reading it would keep all others waiting. */
  readonly mostValues?: number;
  readonly reviver?: Parameters<typeof JSON.parse>[1];
}

/** In what a shop hands over at once: its lines and their fields, several times over. */
export const mostShopValues = 50_000;

const isTooMuch = (text: string, mostValues: number): boolean => {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfJsonString(text, at) - 1;
    else if (code === 0x2c) values += 1;
    else if (code === 0x7b || code === 0x5b) {
      values += 1;
      depth += 1;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (depth > deepest || values > mostValues) return true;
  }
  return false;
};

const escapedSurrogate = /\\u[dD][89a-fA-F]/;
const escapes =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(?<lone>u[dD][89a-fA-F][\da-fA-F]{2})|.)/gs;

/** Half a character, which only an escape can write, is none that could be stored and found again. */
const wellFormed = (text: string): string =>
  escapedSurrogate.test(text)
    ? text.replace(escapes, (written, lone: string | undefined) => (lone === undefined ? written : '\\ufffd'))
    : text;

/** The value of JSON text that somebody else wrote; undefined when it is none, too long, or deeper than 100 levels. */
export const parseJson = (
  text: string,
  { mostValues = Number.POSITIVE_INFINITY, reviver }: ParseJsonOptions = {},
): unknown => {
  if (isTooMuch(text, mostValues)) return undefined;
  try {
    return JSON.parse(wellFormed(text), reviver);
  } catch {
    return undefined;
  }
};
