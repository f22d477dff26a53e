import type { IncomingOrder } from '../../domain/incoming-order.ts';
import { isTreeList, isTreeObject, scalarText, type Tree, type TreeObject } from './tree.ts';

type UnknownField = IncomingOrder['unknownFields'][number];

const mostFields = 100;
const longestValueCharacters = 200;
const longestPathCharacters = 300;

/** A field that is known, or the fields of a known object; a list is known by its entries. */
type Known = true | { readonly [name: string]: Known };

const known = (...names: readonly string[]): { readonly [name: string]: Known } =>
  Object.fromEntries(names.map((name) => [name, true]));

const file = known('type', 'format', 'url', 'md5sum', 'size');

/** All that is documented, whether the station uses it or only keeps it (Cloudprinter order API 2.1 and 2.2). */
const document: Known = {
  order: {
    ...known('id', 'date', 'priority', 'shipping_date'),
    creator: known('id', 'name', 'version', 'date'),
    client: known('id', 'name', 'date', 'reference'),
    costs: known('currency', 'shipping', 'items', 'vat', 'total'),
    shipping: {
      ...known('method', 'consignor'),
      invoice: known('shipments', 'currency', 'total'),
      proforma_invoice: known('currency', 'total', 'weight'),
    },
    // `customer identification` has no place of its own, so that it shows here when it is filled in.
    addresses: known(
      ...['type', 'company', 'name', 'street1', 'street2', 'zip', 'city', 'country', 'state', 'email', 'phone'],
    ),
    files: file,
    items: {
      ...known('id', 'count', 'title', 'product', 'desc', 'pages'),
      ...known('reorder_cause', 'reorder_desc', 'reorder_order_id', 'reorder_item_id'),
      files: file,
      options: known('option', 'desc', 'count', 'type'),
    },
  },
};

function* walk(tree: Tree, shape: Known | undefined, path: string): Generator<UnknownField> {
  if (isTreeList(tree)) {
    for (const [index, entry] of tree.entries()) yield* walk(entry, shape, `${path}[${index}]`);
  } else if (isTreeObject(tree)) {
    const inside = shape === undefined || shape === true ? {} : shape;
    for (const [name, value] of Object.entries(tree)) {
      const next = Object.hasOwn(inside, name) ? inside[name] : undefined;
      // XML cannot write the space of the documented name.
      const shown = name === 'customer_identification' ? 'customer identification' : name;
      yield* walk(value, next, path === '' ? shown : `${path}.${shown}`);
    }
  } else if (shape === undefined) {
    const value = scalarText(tree).slice(0, longestValueCharacters).toWellFormed();
    if (value !== '') yield { path: (scalarText(path) || '.').slice(0, longestPathCharacters).toWellFormed(), value };
  }
}

/** The fields with a value that no version of the format documents, at most a hundred of them. */
export const unknownFields = (keyless: TreeObject): readonly UnknownField[] => {
  const fields: UnknownField[] = [];
  for (const field of walk(keyless, document, '')) {
    if (fields.length === mostFields) return [...fields, { path: '…', value: 'there are more' }];
    fields.push(field);
  }
  return fields;
};
