import { hash } from 'node:crypto';
import { isTreeList, isTreeObject, type Tree, type TreeObject } from './tree.ts';

/** When the document was written is not what it says: a platform that writes it anew for a repeat still repeats. */
const withoutDocumentTime = (document: TreeObject): TreeObject => {
  const { order } = document;
  if (!isTreeObject(order) || !isTreeObject(order.creator)) return document;
  return { ...document, order: { ...order, creator: { ...order.creator, date: '' } } };
};

/**
 * One text for all ways to write the same: names in order, scalars as trimmed texts, what is empty left out. Null when
 * nothing remains.
 */
const canonical = (tree: Tree): string | null => {
  if (isTreeList(tree)) return tree.length === 0 ? null : `[${tree.map((entry) => canonical(entry) ?? '').join(',')}]`;
  if (isTreeObject(tree)) {
    const fields: string[] = [];
    for (const name of Object.keys(tree).sort()) {
      const value = canonical(tree[name] ?? null);
      if (value !== null) fields.push(`${JSON.stringify(name)}:${value}`);
    }
    return fields.length === 0 ? null : `{${fields.join(',')}}`;
  }
  const text = tree === null ? '' : String(tree).trim();
  return text === '' ? null : JSON.stringify(text);
};

/** SHA-256 (hex) over what a document says, its key already taken out. */
export const contentHash = (keyless: TreeObject): string =>
  hash('sha256', canonical(withoutDocumentTime(keyless)) ?? '');
