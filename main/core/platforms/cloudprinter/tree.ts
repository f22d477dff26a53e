/** A document as plain data, whether it came as JSON or as XML. */
export type Tree = string | number | boolean | null | readonly Tree[] | TreeObject;
export interface TreeObject {
  readonly [name: string]: Tree;
}

/** A document's data, and its own text with the key masked in whatever form it is written there. */
export type ReadTree =
  | { readonly kind: 'tree'; readonly tree: TreeObject; maskedText(key: string | null): string }
  | { readonly kind: 'unreadable'; readonly message: string };

/** What a document may be made of at most, so that no reader of it can be made to work or recurse without end. */
export const documentLimits = {
  depth: 32,
  values: 50_000,
  textCharacters: 1_000_000,
  attributes: 1_000,
  /** Comments, instructions and CDATA sections, which say little and are slow to read. */
  asides: 1_000,
  /** Such as `&amp;`: each takes as long to read as ten characters. */
  references: 50_000,
  /** Reading XML takes forty milliseconds a million, before the key is known; all others wait meanwhile. */
  xmlCharacters: 1_500_000,
} as const;

/** Longer texts are cut: they go to lists and screens, and the document itself is kept in full. */
const longestTextCharacters = 10_000;

export const isTreeObject = (tree: Tree | undefined): tree is TreeObject =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree);

export const isTreeList = (tree: Tree | undefined): tree is readonly Tree[] => Array.isArray(tree);

/** An object from entries; a field named `__proto__` is a field like any other and changes nothing. */
export const treeObject = (entries: Iterable<readonly [string, Tree]>): TreeObject => Object.fromEntries(entries);

/**
 * The text of a scalar, trimmed; numbers and texts are the same to Cloudprinter. Control characters become spaces and
 * lone surrogates the replacement character. Empty for null, for what is absent, and for what is no scalar.
 */
export const scalarText = (value: unknown): string => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return '';
  const clean = value
    .toWellFormed()
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .trim();
  return clean.length > longestTextCharacters ? `${clean.slice(0, longestTextCharacters).toWellFormed()}…` : clean;
};
