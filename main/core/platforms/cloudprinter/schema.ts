import { z } from 'zod';
import { scalarText } from './tree.ts';

/** Texts and numbers are one to Cloudprinter; what is absent, null or no scalar is empty. */
const text = z.unknown().optional().transform(scalarText);

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

const list = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .unknown()
    .optional()
    .transform((value): readonly unknown[] => {
      if (isEmpty(value)) return [];
      return Array.isArray(value) ? value.filter((each) => !isEmpty(each)) : [value];
    })
    .pipe(z.array(entry));

/** An object that may be missing or written as an empty element. */
const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .unknown()
    .optional()
    .transform((value) => (isEmpty(value) ? {} : value))
    .pipe(z.object(shape));

const file = z.object({ type: text, format: text, url: text, md5sum: text, size: text });

const option = z
  .unknown()
  .transform((value) => (typeof value === 'string' ? { option: value } : value))
  .pipe(z.object({ option: text, desc: text, count: text, type: text }));

const item = z.object({
  id: text,
  count: text,
  title: text,
  product: text,
  desc: text,
  pages: text,
  files: list(file),
  options: list(option),
  reorder_cause: text,
  reorder_desc: text,
  reorder_order_id: text,
  reorder_item_id: text,
});

const address = z.object({
  type: text,
  company: text,
  name: text,
  street1: text,
  street2: text,
  zip: text,
  city: text,
  country: text,
  state: text,
  email: text,
  phone: text,
});

/**
 * The order document of the Cloudprinter order API (JSON 2.1 and 2.2, XML 2.1), as far as the station uses it. Tolerant:
 * only what should be an object and is none fails here; what an order must have is judged by `missingFrom`.
 */
export const wireDocument = z.object({
  order: z.object({
    id: text,
    priority: text,
    shipping_date: text,
    creator: part({ version: text }),
    client: part({ name: text, reference: text }),
    shipping: part({ method: text, consignor: text }),
    addresses: list(address),
    files: list(file),
    items: list(item),
  }),
});
export type WireOrder = z.infer<typeof wireDocument>['order'];
export type WireItem = WireOrder['items'][number];
export type WireFile = WireOrder['files'][number];
export type WireAddress = WireOrder['addresses'][number];

/** The first thing the schema found, in one line. */
export const schemaProblem = (error: z.ZodError): string => {
  const path = (error.issues[0]?.path ?? [])
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .slice(1);
  return path === 'order' ? 'the document has no order' : `${path} is not an object`;
};
