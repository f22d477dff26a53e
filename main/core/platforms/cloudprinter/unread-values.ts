import type { IncomingOrder } from '../../domain/incoming-order.ts';
import { wallTimeMs } from '../wall-time.ts';
import { md5Of, wholeNumber } from './map.ts';
import type { WireFile, WireOrder } from './schema.ts';

type UnknownField = IncomingOrder['unknownFields'][number];

const unread = (path: string, value: string, read: string | number | null): readonly UnknownField[] =>
  value === '' || read !== null ? [] : [{ path, value: value.slice(0, 200).toWellFormed() }];

const ofFiles = (path: string, files: readonly WireFile[]): readonly UnknownField[] =>
  files.flatMap(({ size, md5sum }, index) => [
    ...unread(`${path}.files[${index}].size`, size, wholeNumber(size)),
    ...unread(`${path}.files[${index}].md5sum`, md5sum, md5Of(md5sum)),
  ]);

/** Known fields whose values could not be understood: they count as absent, and are shown so that nobody is misled. */
export const unreadValues = (order: WireOrder, timeZone: string): readonly UnknownField[] => [
  ...unread('order.shipping_date', order.shipping_date, wallTimeMs(order.shipping_date, timeZone)),
  ...ofFiles('order', order.files),
  ...order.items.flatMap(({ pages, files }, index) => [
    ...unread(`order.items[${index}].pages`, pages, wholeNumber(pages)),
    ...ofFiles(`order.items[${index}]`, files),
  ]),
];
