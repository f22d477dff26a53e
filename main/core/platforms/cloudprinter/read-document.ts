import type { ReadDocument } from '../platform.ts';
import { contentHash } from './content-hash.ts';
import { documentKey } from './document-key.ts';
import { documentText } from './document-text.ts';
import { toIncomingOrder } from './map.ts';
import { maskTree } from './mask-key.ts';
import { readJson } from './read-json.ts';
import { readXml } from './read-xml.ts';
import { missingFrom } from './required-content.ts';
import { schemaProblem, wireDocument } from './schema.ts';
import { isTreeObject, type ReadTree, type TreeObject } from './tree.ts';
import { unknownFields } from './unknown-fields.ts';
import { unreadValues } from './unread-values.ts';

type Content = Extract<ReadDocument, { kind: 'read' }>['content'];

/** A key in a form that cannot be masked would be stored with the document. */
const hasStrangeKey = ({ order }: TreeObject): boolean =>
  isTreeObject(order) && typeof order.apikey === 'object' && order.apikey !== null;

const contentOf = (
  format: 'json' | 'xml',
  document: Extract<ReadTree, { kind: 'tree' }>,
  key: string | null,
  timeZone: string,
): Content => {
  if (hasStrangeKey(document.tree)) return { kind: 'invalid', message: 'the apikey of the order is not a text' };
  const keyless = maskTree(document.tree, key);
  const wire = wireDocument.safeParse(keyless);
  if (!wire.success) return { kind: 'invalid', message: schemaProblem(wire.error) };
  const { order } = wire.data;
  const missing = missingFrom(order);
  if (missing !== null) return { kind: 'invalid', message: missing };
  const version = /^[\w.-]{1,16}$/.exec(order.creator.version)?.[0];
  const facts = {
    document: document.maskedText(key),
    documentFormat: version === undefined ? format : `${format} ${version}`,
    contentHash: contentHash(keyless),
    unknownFields: [...unreadValues(order, timeZone), ...unknownFields(keyless)],
  };
  return { kind: 'order', order: toIncomingOrder(order, facts, timeZone) };
};

/** Reads an order document, JSON or XML. Whatever the body is, the answer is a value with one line to say why. */
export const readOrderDocument = (body: Buffer, contentType: string, timeZone: string): ReadDocument => {
  const source = documentText(body, contentType);
  if (source.kind === 'unreadable') return source;
  const read = source.kind === 'json' ? readJson(source.text) : readXml(source.text);
  if (read.kind === 'unreadable') return { ...read, status: 400 };
  const key = documentKey(read.tree);
  return { kind: 'read', key, content: contentOf(source.kind, read, key, timeZone) };
};
