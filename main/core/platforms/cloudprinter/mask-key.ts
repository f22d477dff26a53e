import { endOfJsonString } from '../json-strings.ts';
import { isTreeList, isTreeObject, type Tree, type TreeObject, treeObject } from './tree.ts';

const mask = '***';

/** A shorter key is masked in its own field only: elsewhere it would be found in words that are not the key. */
const shortestSearchedKey = 8;

/** A field of this name, or an attribute (`element@name`). */
const isKeyName = (name: string): boolean => {
  const attribute = name.lastIndexOf('@') + 1;
  return name.length - attribute === 6 && name.slice(attribute).toLowerCase() === 'apikey';
};

const masked = (text: string, key: string | null): string =>
  key === null || key.length < shortestSearchedKey || !text.includes(key) ? text : text.replaceAll(key, mask);

/** The same data without its key fields, and without the key wherever else it stands. */
export const maskTree = (tree: TreeObject, key: string | null): TreeObject => {
  const visit = (value: Tree): Tree => {
    if (typeof value === 'string') return masked(value, key);
    if (isTreeList(value)) return value.map(visit);
    return isTreeObject(value) ? visitObject(value) : value;
  };
  const visitObject = (object: TreeObject): TreeObject => {
    const kept: (readonly [string, Tree])[] = [];
    for (const [name, value] of Object.entries(object)) {
      if (!isKeyName(name)) kept.push([masked(name, key), visit(value)]);
    }
    return treeObject(kept);
  };
  return visitObject(tree);
};

/** A piece of the text to be replaced. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

const edited = (text: string, edits: readonly Edit[]): string => {
  const pieces: string[] = [];
  let keptTo = 0;
  for (const { start, end, replacement } of edits) {
    pieces.push(text.slice(keptTo, start), replacement);
    keptTo = end;
  }
  return `${pieces.join('')}${text.slice(keptTo)}`;
};

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (/\s/.test(text.charAt(at))) at += 1;
  return at;
};

const jsonScalar = /[^\s,\]}]*/y;

/** Where the value ends that begins here; null for an object or a list, which are no key. */
const endOfScalar = (text: string, start: number): number | null => {
  const first = text.charAt(start);
  if (first === '"') return endOfJsonString(text, start);
  if (first === '{' || first === '[') return null;
  jsonScalar.lastIndex = start;
  return jsonScalar.test(text) ? jsonScalar.lastIndex : null;
};

const decodedJsonString = (quoted: string): string => {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  const value: unknown = JSON.parse(quoted);
  return typeof value === 'string' ? value : '';
};

/** Valid JSON text with the key masked, however it is escaped; everything else stays as it was written. */
export const maskJsonText = (text: string, key: string | null): string => {
  const edits: Edit[] = [];
  let at = text.indexOf('"');
  while (at !== -1) {
    const end = endOfJsonString(text, at);
    const value = decodedJsonString(text.slice(at, end));
    const colon = isKeyName(value) ? skipSpace(text, end) : -1;
    const valueStart = text.charAt(colon) === ':' ? skipSpace(text, colon + 1) : -1;
    const valueEnd = valueStart === -1 ? null : endOfScalar(text, valueStart);
    if (valueEnd !== null) edits.push({ start: valueStart, end: valueEnd, replacement: `"${mask}"` });
    else if (masked(value, key) !== value) {
      edits.push({ start: at, end, replacement: JSON.stringify(masked(value, key)) });
    }
    at = text.indexOf('"', valueEnd ?? end);
  }
  return masked(edited(text, edits), key);
};

/** A stretch of the XML text that carries data: what it means, and what may stand in its place without that. */
export interface XmlStretch {
  readonly start: number;
  readonly end: number;
  /** The element's name, or those of the attributes. */
  readonly names: readonly string[];
  readonly values: readonly string[];
  /** Set for a tag with attributes: the tag without them. */
  readonly bareTag: string | null;
}

const xmlEscapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapedXml = (text: string): string => text.replace(/[&<>]/g, (character) => xmlEscapes[character] ?? '');

const xmlReplacement = (stretch: XmlStretch, key: string | null): string | null => {
  const text = stretch.values.join('');
  const isKey = stretch.names.some(isKeyName);
  if (!isKey && !stretch.values.some((value) => masked(value, key) !== value)) return null;
  if (stretch.bareTag !== null) return stretch.bareTag;
  return isKey ? mask : escapedXml(masked(text, key));
};

/** Well-formed XML text with the key masked: in references, in CDATA, cut by comments, in attributes, in comments. */
export const maskXmlText = (text: string, stretches: readonly XmlStretch[], key: string | null): string => {
  const edits = stretches.flatMap((stretch) => {
    const replacement = xmlReplacement(stretch, key);
    return replacement === null ? [] : [{ start: stretch.start, end: stretch.end, replacement }];
  });
  return masked(edited(text, edits), key);
};
