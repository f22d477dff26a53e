import { isTreeObject, type TreeObject } from './tree.ts';

/** The key of the production interface as the document carries it: `order.apikey` (Cloudprinter order API 2.2). */
export const documentKey = (document: TreeObject): string | null => {
  const { order } = document;
  const value = isTreeObject(order) ? order.apikey : undefined;
  const key = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return key === '' ? null : key;
};
