import { expect, test } from 'vitest';
import { coverIsCutWithBlock, productTrim } from '../../../../main/core/preflight/product-trim.ts';

const sizeOf = (product: string, options: readonly { code: string; type: string }[] = []): string | null => {
  const trim = productTrim({ product, options });
  return trim === null ? null : `${trim.widthMm} × ${trim.heightMm}${trim.turned === 'unknown' ? ' either way' : ''}`;
};

test.each([
  ['textbook_pb_a4_p_bw', '210 × 297'],
  ['textbook_cw_a4_l_fc', '297 × 210'],
  ['textbook_pb_a5_p_bw', '148 × 210'],
  ['magazine_sas_a4_p_fc', '210 × 297'],
  ['photobook_cw_s210_s_fc', '210 × 210'],
  ['photobook_pb_270x200_mm_l_fc', '270 × 200'],
  ['photobook_cw_us_8x10_p_fc', '203.2 × 254'],
  ['photo_print_400x600in_102x152mm', '102 × 152 either way'],
  ['card_flat_210x297_mm_double_sided_fc_tnr', '210 × 297 either way'],
  ['poster_a3_p_fc', '297 × 420'],
  ['poster_a4_fc', '210 × 297 either way'],
  ['flyer_ds_a4_fc', '210 × 297 either way'],
  ['letterheading_ss_a4_1_0', '210 × 297 either way'],
  ['businesscard_ss_int_bc_fc', '85 × 55 either way'],
  ['Poster A3', '297 × 420 either way'],
])('the size of %s is %s', (product, size) => {
  expect(sizeOf(product)).toBe(size);
});

test.each([
  // Folded, hung up, wrapped, of pieces, or without a unit: a guess would accuse a file that is right.
  'folder_2_x_a4_landscape_half_fold_fc',
  'flyer_folded_a4_fc',
  'calendar_wall_int_a4_p_12_single_fc_tnr',
  'puzzle_480x340_mm_500_pieces',
  'canvas_300x400_mm',
  'textbook_pb_1025x6630_l_fc_ink',
  'textbook_pb_fc',
  'mug_a4',
  'Season brochure A4',
  '',
])('of %s nothing is guessed', (product) => {
  expect(sizeOf(product)).toBeNull();
});

test('an option that is about the size counts more than the code, and any other option nothing', () => {
  expect(sizeOf('leaflet', [{ code: 'size_148x148_mm', type: 'type_size' }])).toBe('148 × 148');
  expect(sizeOf('flyer_ds_a4_fc', [{ code: 'trim_a5_p', type: 'type_trim_size' }])).toBe('148 × 210');
  expect(sizeOf('flyer_ds_a4_fc', [{ code: 'paper_a5', type: 'type_main_paper' }])).toBe('210 × 297 either way');
});

test('what it was read from can be told', () => {
  expect(productTrim({ product: 'textbook_pb_a4_p_bw', options: [] })?.told).toBe('a4 p');
});

test('only the cover of a paperback is cut with its block', () => {
  expect(coverIsCutWithBlock('textbook_pb_a4_p_bw')).toBe(true);
  expect(coverIsCutWithBlock('textbook_cw_a4_p_bw')).toBe(false);
});
