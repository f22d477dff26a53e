import { endOfJsonString } from '../json-strings.ts';
import { maskJsonText } from './mask-key.ts';
import { documentLimits, isTreeObject, type ReadTree, type Tree } from './tree.ts';

const quote = 0x22;
const comma = 0x2c;

/** Why the text is not parsed at all, before a parser or a walk over the result can be made to suffer; null when fine. */
const overLimits = (text: string): string | null => {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfJsonString(text, at) - 1;
    else if (code === comma) values += 1;
    else if (code === 0x7b || code === 0x5b) {
      values += 1;
      depth += 1;
      if (depth > documentLimits.depth) return `the JSON is nested deeper than ${documentLimits.depth} levels`;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (values > documentLimits.values) return `the JSON has more than ${documentLimits.values} values`;
  }
  return null;
};

/** What looks like a number of many digits or with an exponent: the reviver costs time, so only such a text gets it. */
const longNumber = /[[:,]\s*-?\d[\d.]*(?:[eE]|\d{15})/;

/** A number that a double cannot hold exactly keeps its digits: an id may be written without quotes. */
const keepDigits = (_name: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;

/** Engines quote the text around an error, which may hold the key: only the place is taken over. */
const whereItBroke = (error: unknown): string => {
  const words = error instanceof Error ? error.message : '';
  const place = /at position (\d+)/.exec(words)?.[1];
  if (place !== undefined) return ` (at character ${Number(place) + 1})`;
  return words.startsWith('Unexpected end') ? ' (it ends too early)' : '';
};

/** Reads a JSON object within the document's limits. Of two fields with the same name the last one counts. */
export const readJson = (text: string): ReadTree => {
  const excess = overLimits(text);
  if (excess !== null) return { kind: 'unreadable', message: excess };
  try {
    const tree: Tree = longNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
    return isTreeObject(tree)
      ? { kind: 'tree', tree, maskedText: (key) => maskJsonText(text, key) }
      : { kind: 'unreadable', message: 'the body is not a JSON object' };
  } catch (error) {
    return { kind: 'unreadable', message: `the body is not valid JSON${whereItBroke(error)}` };
  }
};
