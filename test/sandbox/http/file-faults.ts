import { z } from 'zod';

/** Stands for the file's own path in the location of a redirect. */
export const PATH_PLACEHOLDER = '{path}';

/** What can go wrong with one request for a file. Several may strike the same request, except for the first two. */
export const fileFaultSchema = z.discriminatedUnion('kind', [
  /** Answered with this status and no file, such as 403, 404, 429, 500 or 503. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    message: z.string().optional(),
    retryAfterSeconds: z.int().nonnegative().optional(),
  }),
  /** Sent elsewhere: `location` is a path or a URL, in which `{path}` stands for the file's path. Default `/moved{path}` (which serves it) with 302. */
  z.strictObject({
    kind: z.literal('redirect'),
    location: z.string().optional(),
    status: z.union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)]).optional(),
  }),
  /** One byte in the middle differs; length, ETag and everything announced stay the same. */
  z.strictObject({ kind: z.literal('badMd5') }),
  /** The right length, but the second half is zeros: no trailer, no page tree. */
  z.strictObject({ kind: z.literal('hollow') }),
  /** The file is this many bytes longer (or, negative, shorter) than announced; Content-Length tells the truth about it. */
  z.strictObject({ kind: z.literal('wrongSize'), deltaBytes: z.int() }),
  /** Content-Length promises everything, the connection is closed in good order after this share of it (default half). */
  z.strictObject({ kind: z.literal('truncated'), share: z.number().min(0).max(1).optional() }),
  /** The connection is reset (TCP RST) after this share of the body (default half). */
  z.strictObject({ kind: z.literal('reset'), share: z.number().min(0).max(1).optional() }),
  /** Range is ignored and not offered: always 200 with the whole file. */
  z.strictObject({ kind: z.literal('noRange') }),
  /** ETag and Last-Modified are different from those of the last answer, so that no If-Range can hold. */
  z.strictObject({ kind: z.literal('etagChanges') }),
  /** Neither ETag nor Last-Modified is given. */
  z.strictObject({ kind: z.literal('noValidators') }),
  /** Sent in chunks with no Content-Length. */
  z.strictObject({ kind: z.literal('noLength') }),
  z.strictObject({ kind: z.literal('slow'), bytesPerSecond: z.number().positive() }),
  /** Nothing more comes after this share of the body (default half); the connection stays open until someone gives up. */
  z.strictObject({ kind: z.literal('stall'), share: z.number().min(0).max(1).optional() }),
]);

export type FileFault = z.infer<typeof fileFaultSchema>;
