import { coverIsCutWithBlock, type ProductTrim, type ProductWords, productTrim } from './product-trim.ts';

/** What an order says of a file, as far as the file itself can be held against it. */
export interface ExpectedFile {
  /** `bookBlock`, `cover`, `product`, `shippingLabel`, or the platform's own word. */
  readonly role: string;
  /** Null where the order does not tell it of this very file. */
  readonly pages: number | null;
  /** The trimmed size of the product; null where the order does not tell it. */
  readonly trim: ProductTrim | null;
  /** Of a cover: whether it is cut together with its block. */
  readonly cutWithBlock: boolean;
}

export interface OrderedFile {
  readonly role: string;
  /** Null for a file of the order itself. */
  readonly item: (ProductWords & { readonly pages: number | null; readonly filesOfRole: number }) | null;
}

/** Roles that hold the pages that an order counts. */
const pagedRoles: ReadonlySet<string> = new Set(['bookBlock', 'product']);
const sizedRoles: ReadonlySet<string> = new Set([...pagedRoles, 'cover']);

export const expectedFile = ({ role, item }: OrderedFile): ExpectedFile => {
  if (item === null || !sizedRoles.has(role)) return { role, pages: null, trim: null, cutWithBlock: false };
  // Of several files with the same role the order tells only how many pages they have together, if that.
  const tellsPages = pagedRoles.has(role) && item.filesOfRole === 1 && item.pages !== null && item.pages > 0;
  return {
    role,
    pages: tellsPages ? item.pages : null,
    trim: productTrim(item),
    cutWithBlock: coverIsCutWithBlock(item.product),
  };
};
