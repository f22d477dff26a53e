import fc from 'fast-check';

/** What happens to bytes: at a place between start (0) and end (1). */
type Change =
  | { readonly kind: 'cut' | 'remove' | 'double' | 'zero'; readonly at: number; readonly length: number }
  | { readonly kind: 'flip'; readonly at: number; readonly mask: number }
  | { readonly kind: 'insert'; readonly at: number; readonly piece: Uint8Array };

const share = fc.double({ min: 0, max: 1, noNaN: true });

const changeWith = (pieces: readonly string[]): fc.Arbitrary<Change> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('flip' as const), at: share, mask: fc.integer({ min: 1, max: 255 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('cut' as const, 'remove' as const, 'double' as const, 'zero' as const),
        at: share,
        length: fc.oneof(fc.nat(16), fc.nat(3_000)),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('insert' as const),
        at: share,
        piece: fc.oneof(
          fc.uint8Array({ maxLength: 12 }),
          ...(pieces.length === 0 ? [] : [fc.constantFrom(...pieces).map((piece) => Buffer.from(piece, 'latin1'))]),
        ),
      }),
    },
  );

const changed = (bytes: Buffer, what: Change): Buffer => {
  const at = Math.floor(what.at * bytes.length);
  if (what.kind === 'insert') return Buffer.concat([bytes.subarray(0, at), what.piece, bytes.subarray(at)]);
  const copy = Buffer.from(bytes);
  if (what.kind === 'flip') {
    if (at < copy.length) copy.writeUInt8(copy.readUInt8(at) ^ what.mask, at);
    return copy;
  }
  const end = Math.min(at + what.length, bytes.length);
  if (what.kind === 'cut') return copy.subarray(0, at);
  if (what.kind === 'remove') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
  if (what.kind === 'double') return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
  copy.fill(0, at, end);
  return copy;
};

/** Bytes that were these before something happened to them; `pieces` of the format's own are put between. */
export const mutatedBytes = (samples: readonly Buffer[], pieces: readonly string[] = []): fc.Arbitrary<Buffer> =>
  fc
    .tuple(fc.constantFrom(...samples), fc.array(changeWith(pieces), { minLength: 1, maxLength: 5 }))
    .map(([sample, changes]) => changes.reduce(changed, sample));

/** Any bytes at all. */
export const anyBytes: fc.Arbitrary<Buffer> = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
