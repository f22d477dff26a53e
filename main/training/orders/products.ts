import type { FileContent } from '../files/file-content.ts';
import type { AnnouncedFile, FileRole, OrderOption, ReorderOf } from './order.ts';

/** The products the sandbox can order; codes are in the style of Cloudprinter's catalogue. */
export type ProductName = 'book' | 'softcover' | 'photoBook' | 'poster' | 'businessCards' | 'flyer';

/** One item to order. Everything but the product has a plausible default. */
export interface ItemSpec {
  readonly product: ProductName;
  readonly title?: string;
  readonly copies?: number;
  /** Pages of the book block, or of the product's file. */
  readonly pageCount?: number;
  readonly trimWidthMm?: number;
  readonly trimHeightMm?: number;
  readonly bleedMm?: number;
  /** Pads each file of the item to exactly this size. */
  readonly exactBytes?: number;
  /** Stands large across each page of its files. */
  readonly stamp?: string;
  readonly options?: readonly OrderOption[];
  readonly reorder?: ReorderOf;
  /** Files with other content than a made PDF, by role. */
  readonly content?: Readonly<Partial<Record<FileRole, FileContent>>>;
  /** Untrue values for the document, by role. */
  readonly announced?: Readonly<Partial<Record<FileRole, AnnouncedFile>>>;
}

export interface Product {
  readonly code: string;
  readonly description: string;
  readonly title: string;
  readonly pageCount: number;
  readonly trimWidthMm: number;
  readonly trimHeightMm: number;
  readonly isBook: boolean;
  readonly paper: readonly [option: string, description: string];
  readonly finish: readonly [option: string, description: string, type: string];
}

const GLOSS_COVER = ['cover_finish_gloss', 'Gloss lamination', 'type_book_cover_finish'] as const;
const MATT_COVER = ['cover_finish_matte', 'Matt lamination', 'type_book_cover_finish'] as const;

export const products: Readonly<Record<ProductName, Product>> = {
  book: {
    code: 'textbook_cw_a4_p_fc',
    description: 'Hardcover A4 portrait, full colour',
    title: 'Field notes',
    pageCount: 24,
    trimWidthMm: 210,
    trimHeightMm: 297,
    isBook: true,
    paper: ['pageblock_130mcs', '130 g silk'],
    finish: GLOSS_COVER,
  },
  softcover: {
    code: 'textbook_pb_a5_p_bw',
    description: 'Softcover A5 portrait, black and white',
    title: 'Tide tables',
    pageCount: 32,
    trimWidthMm: 148,
    trimHeightMm: 210,
    isBook: true,
    paper: ['pageblock_80off', '80 g offset'],
    finish: MATT_COVER,
  },
  photoBook: {
    code: 'photobook_cw_s210_s_fc',
    description: 'Photo book 210 mm square, full colour',
    title: 'A year in the garden',
    pageCount: 20,
    trimWidthMm: 210,
    trimHeightMm: 210,
    isBook: true,
    paper: ['pageblock_170mcg', '170 g gloss'],
    finish: GLOSS_COVER,
  },
  poster: {
    code: 'poster_a3_p_fc',
    description: 'Poster A3 portrait',
    title: 'Lighthouse',
    pageCount: 1,
    trimWidthMm: 297,
    trimHeightMm: 420,
    isBook: false,
    paper: ['paper_170mcs', '170 g silk'],
    finish: ['poster_finish_none', 'No finishing', 'type_finish'],
  },
  businessCards: {
    code: 'businesscard_ss_int_bc_fc',
    description: 'Business cards 85 x 55 mm, both sides',
    title: 'Cards, front office',
    pageCount: 2,
    trimWidthMm: 85,
    trimHeightMm: 55,
    isBook: false,
    paper: ['paper_350mcs', '350 g silk'],
    finish: ['card_finish_matte', 'Matt lamination', 'type_finish'],
  },
  flyer: {
    code: 'flyer_ss_a5_p_fc',
    description: 'Flyer A5, both sides',
    title: 'Harvest market',
    pageCount: 2,
    trimWidthMm: 148,
    trimHeightMm: 210,
    isBook: false,
    paper: ['paper_135mcg', '135 g gloss'],
    finish: ['flyer_finish_none', 'No finishing', 'type_finish'],
  },
};
