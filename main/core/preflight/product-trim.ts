/** The trimmed size that a product has. `turned`: which way up is not told, so both are right. */
export interface ProductTrim {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly turned: 'told' | 'unknown';
  /** The part of the order that it was read from, such as `a4 p`. */
  readonly told: string;
}

/** What the order tells of a product, as far as a size may stand in it. */
export interface ProductWords {
  /** The platform's code, such as `textbook_pb_a4_p_fc`. */
  readonly product: string;
  readonly options: readonly { readonly code: string; readonly type: string }[];
}

type Size = readonly [widthMm: number, heightMm: number];

/** Upright. ISO 216, and the business card as Cloudprinter's `int_bc` names it (85 × 55 mm, lying). */
const namedSizes: ReadonlyMap<string, Size> = new Map([
  ['a0', [841, 1189]],
  ['a1', [594, 841]],
  ['a2', [420, 594]],
  ['a3', [297, 420]],
  ['a4', [210, 297]],
  ['a5', [148, 210]],
  ['a6', [105, 148]],
  ['a7', [74, 105]],
  ['b0', [1000, 1414]],
  ['b1', [707, 1000]],
  ['b2', [500, 707]],
  ['b3', [353, 500]],
  ['b4', [250, 353]],
  ['b5', [176, 250]],
  ['b6', [125, 176]],
  ['dl', [99, 210]],
  ['letter', [215.9, 279.4]],
  ['legal', [215.9, 355.6]],
  ['tabloid', [279.4, 431.8]],
]);

const mmPerInch = 25.4;
/** Kinds of products whose pages are cut to the size that the product has in the end. */
const cutToSize =
  /^_(?:textbook|photo_?book|magazine|notebook|poster|flyer|letterhead|business_?card|card_flat|photo_print)/u;
/** What is folded, or hangs open, has another size when it is cut. */
const notFlat = /fold|open|_x_/u;

const turnedAs = (
  size: Size,
  orientation: string | undefined,
): { readonly size: Size; readonly turned: ProductTrim['turned'] } => {
  const upright: Size = [Math.min(...size), Math.max(...size)];
  if (orientation === 'p') return { size: upright, turned: 'told' };
  if (orientation === 'l') return { size: [upright[1], upright[0]], turned: 'told' };
  return { size, turned: size[0] === size[1] ? 'told' : 'unknown' };
};

const trimOf = (size: Size, orientation: string | undefined, told: string): ProductTrim => {
  const {
    size: [widthMm, heightMm],
    turned,
  } = turnedAs(size, orientation);
  return { widthMm, heightMm, turned, told: told.replaceAll('_', ' ').trim() };
};

interface SizeWords {
  readonly pattern: RegExp;
  readonly sizeOf: (match: RegExpExecArray) => Size | undefined;
}

const toSize = (width: string | undefined, height: string | undefined, unitMm = 1): Size => [
  Number(width) * unitMm,
  Number(height) * unitMm,
];

/**
 * How sizes stand in product codes, as they are seen in public orders: `_270x200_mm_l`, `_102x152mm`, `_us_8x10_p`
 * (inches), `_s210_s` (square), `_a4_p`, `_ss_int_bc`. Codes such as `1025x6630` name no unit, and are not guessed at.
 */
const sizeWords: readonly SizeWords[] = [
  {
    pattern: /_(\d{2,4}(?:\.\d)?)x(\d{2,4}(?:\.\d)?)_?mm(?:_([pls]))?(?=_|$)/u,
    sizeOf: ([, width, height]) => toSize(width, height),
  },
  {
    pattern: /_us_(\d{1,2}(?:\.\d{1,3})?)x(\d{1,2}(?:\.\d{1,3})?)(?:_([pls]))?(?=_|$)/u,
    sizeOf: ([, width, height]) => toSize(width, height, mmPerInch),
  },
  { pattern: /_s(\d{2,3})()(?:_([pls]))?(?=_|$)/u, sizeOf: ([, side]) => toSize(side, side) },
  { pattern: /_int(_bc)()(?:_([pl]))?(?=_|$)/u, sizeOf: () => [85, 55] },
  {
    pattern: /_(a[0-7]|b[0-6]|dl|letter|legal|tabloid)()(?:_([pls]))?(?=_|$)/u,
    sizeOf: ([, name]) => namedSizes.get(name ?? ''),
  },
];

const sizeIn = (code: string): ProductTrim | null => {
  for (const { pattern, sizeOf } of sizeWords) {
    const match = pattern.exec(code);
    const size = match === null ? undefined : sizeOf(match);
    if (match !== null && size !== undefined) return trimOf(size, match[3], match[0]);
  }
  return null;
};

/** A code as the patterns read it: each word with a `_` before it. */
const asCode = (text: string): string => `_${text.toLowerCase().replaceAll(/[\s-]+/gu, '_')}`;

/**
 * The trimmed size of a product, where the order tells it: in an option that is about the size, else in the product's
 * code. Null where it does not, and for what is folded, wrapped or of an unknown kind: a wrong guess would accuse a
 * file that is right.
 */
export const productTrim = ({ product, options }: ProductWords): ProductTrim | null => {
  const code = asCode(product);
  if (notFlat.test(code)) return null;
  const sizeOptions = options.filter(({ type }) => /(?:^|_)(?:size|format|trim)/u.test(type.toLowerCase()));
  for (const option of sizeOptions) {
    const found = sizeIn(asCode(option.code));
    if (found !== null) return found;
  }
  return cutToSize.test(code) ? sizeIn(code) : null;
};

/** `textbook_pb…`: a paperback, whose cover is cut with the block. Any other binding has a cover with a size of its own. */
export const coverIsCutWithBlock = (product: string): boolean => asCode(product).includes('_pb_');
