import { z } from 'zod';

/** A text or a number as text; what is absent, null or neither is empty. */
const text = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''));

/** Null unless it is true or false. */
const flag = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'boolean' ? value : null));

/** Null unless it is a number that can be counted with, or a text of digits. */
const amount = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : null;
    return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null;
  });

const member = <Schema extends z.ZodType>(schema: Schema) => {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<Schema> | null => schema.safeParse(value).data ?? null);
};

/** Names and texts; entries that are no text are left out. */
const textMap = z
  .unknown()
  .optional()
  .transform((value): ReadonlyMap<string, string> => {
    const entries = z.record(z.string(), z.unknown()).safeParse(value).data ?? {};
    return new Map(
      Object.entries(entries).flatMap(([name, entry]): [string, string][] =>
        typeof entry === 'string' && entry !== '' ? [[name, entry]] : [],
      ),
    );
  });

/** Entries that cannot be read are left out. */
const list = <Schema extends z.ZodType>(entry: Schema) =>
  z
    .unknown()
    .optional()
    .transform((value): readonly z.output<Schema>[] =>
      Array.isArray(value) ? value.flatMap((each) => entry.safeParse(each).data ?? []) : [],
    );

const page = z.object({ d: text, u: z.string().min(1), i: amount });

/** ProcessResults: what a job gave. `r`: documents, `p`: pages, `d`: file names of the documents. */
const wireResult = z.object({
  r: textMap,
  p: list(page),
  d: textMap,
  zip: text,
  meta: text,
  oi: member(z.object({ hasInvalidGlyph: flag })),
});
export type WireResult = z.output<typeof wireResult>;

/** How an answer says success: status/get spells it isSuccess and errorDetails, callbacks isFailure and failureDetails. */
const ending = { isFinalStatus: flag, isSuccess: flag, isFailure: flag, errorDetails: text, failureDetails: text };

/** BackendJobStatus of /production/status/get. */
export const wireStatus = z.object({
  ...ending,
  // Nothing else tells an answer of this endpoint from any other object.
  isFinalStatus: z.boolean(),
  jobId: text,
  enqueuedOn: text,
  processingOn: text,
  finishedOn: text,
  failedOn: text,
  templateName: text,
  result: member(wireResult),
});
export type WireStatus = z.output<typeof wireStatus>;

/** What Printess posts to a callback URL. */
export const wireCallback = z.object({
  ...ending,
  jobId: z.string().min(1),
  orderId: text,
  templateName: text,
  externalOrderId: text,
  meta: text,
  result: member(wireResult),
});
export type WireCallback = z.output<typeof wireCallback>;
export type WireEnding = Pick<WireCallback, keyof typeof ending>;

/** OrderDto of /orders/list. */
export const wireOrder = z.object({
  id: text,
  jobId: z.string().min(1),
  externalOrderId: text,
  templateName: text,
  origin: text,
  shopSaveId: text,
  productType: text,
  createdOn: text,
  finishedOn: text,
  isFinished: flag,
  isFailure: flag,
  failureDetails: text,
  result: member(wireResult),
  documents: amount,
  copies: amount,
  pages: amount,
  usedCredits: amount,
  metaData: text,
});
export type WireOrder = z.output<typeof wireOrder>;

/** One page of /orders/list, its orders still to be read. */
export const wireOrderPage = z.object({ orders: z.array(z.unknown()), count: amount });

/** The answer of /production/produce and /order/retry. */
export const wireMade = z.object({ jobId: text, orderId: text });

/** Why a call was not accepted (402, 406). */
export const wireRefusal = z.object({ c: text, m: text });

/** The answer of /orders/origins/unique. */
export const wireOrigins = z.object({ origins: list(z.string().min(1)) });
