import { z } from 'zod';

const oneLine = (written: string): string =>
  written
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

/** A text in one line, whatever scalar it came as; what is absent, null or no scalar is empty. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .catch('')
  .transform(oneLine);
const whole = z.number().int().nonnegative().nullable().catch(null);

/** The entries that can be read; a single strange one does not take the others with it. */
const readable = <Entry extends z.ZodType>(entry: Entry) =>
  z.array(z.unknown()).transform((entries) => entries.flatMap((each) => entry.safeParse(each).data ?? []));

/** Print API's own words are open: a status that nobody documented is still shown. */
const status = z.string().min(1);
const id = z.string().min(1);

const wireFile = z.object({ status: text, downloadUrl: text });

const wireItem = z.object({
  id: text,
  productId: text,
  pageCount: whole,
  quantity: whole,
  files: z.record(z.string(), wireFile.nullable().catch(null)).catch({}),
  options: readable(z.object({ id: text, value: text, name: text })).catch([]),
});

const wireAddress = z
  .object({
    name: text,
    line1: text,
    line2: text,
    postCode: text,
    city: text,
    state: text,
    country: text,
  })
  .nullable()
  .catch(null);

/** The tutorial shows the method as a text, the reference as an object. */
const shippingMethod = z.union([z.string(), z.object({ name: text }).transform(({ name }) => name)]).catch('');

/** `GET /orders/{id}`. Of all that is there only id and status must be. */
export const orderSchema = z.object({
  id,
  status,
  dateTime: text,
  trackingUrl: text,
  email: text,
  username: text,
  metadata: text,
  checkout: z.object({ status: text }).nullable().catch(null),
  items: readable(wireItem).catch([]),
  shipping: z.object({ address: wireAddress, method: shippingMethod }).nullable().catch(null),
  /** Where version 1 has the address. */
  shippingAddress: wireAddress,
});
export type WireOrder = z.output<typeof orderSchema>;
export type WireItem = WireOrder['items'][number];

const wireLine = z.object({ id, status, dateTime: text });
export type WireLine = z.output<typeof wireLine>;

/** Where no entry of many can be read, it is no list of what it should be. */
const lines = z
  .array(z.unknown())
  .refine((entries) => entries.length === 0 || entries.some((each) => wireLine.safeParse(each).success))
  .pipe(readable(wireLine));

/** `GET /orders?offset=&limit=`, newest first; `count` is that of all orders of the account. */
export const orderListSchema = z.object({ count: whole, results: lines });

/** `GET /sync/statuses?since=`: here `dateTime` is the time of the status. */
export const statusListSchema = z.object({ results: lines });
