import { describe, expect, test } from 'vitest';
import { acceptRules } from '../../../../main/contract/hot-folders.ts';
import type { FileFacts } from '../../../../main/core/hotfolders/misfit.ts';
import { routeFor } from '../../../../main/core/hotfolders/routing.ts';

const cover: FileFacts = {
  platform: 'cloudprinter',
  connection: 'cp',
  role: 'cover',
  product: 'textbook_pb_a4',
  pages: null,
  trim: null,
};

const folder = (id: string, rules: Partial<typeof acceptRules._zod.input> = {}, mode: 'auto' | 'manual' = 'auto') => ({
  id,
  mode,
  accepts: acceptRules.parse(rules),
});

const routed = (file: FileFacts, ...folders: readonly ReturnType<typeof folder>[]): string | null =>
  routeFor(folders, file)?.id ?? null;

describe('which hot folder takes a file', () => {
  test('the first in configured order that fits takes it', () => {
    const labels = folder('labels', { roles: ['shippingLabel'] });
    expect(routed(cover, labels, folder('first'), folder('second'))).toBe('first');
  });

  test('an empty list takes everything', () => {
    expect(routed(cover, folder('any'))).toBe('any');
    expect(routed({ ...cover, role: 'insert', product: '' }, folder('any'))).toBe('any');
  });

  test('a folder that only an operator fills is passed over', () => {
    expect(routed(cover, folder('manual', {}, 'manual'))).toBeNull();
    expect(routed(cover, folder('manual', {}, 'manual'), folder('auto'))).toBe('auto');
  });

  test.each([
    ['platform', { platforms: ['printess'] }, { platforms: ['printess', 'cloudprinter'] }],
    ['connection', { connections: ['other'] }, { connections: ['cp'] }],
    ['role', { roles: ['bookBlock'] }, { roles: ['cover'] }],
    ['product', { products: ['poster_*'] }, { products: ['poster_*', 'textbook_*'] }],
  ])('the %s must fit', (_name, other, own) => {
    expect(routed(cover, folder('it', other))).toBeNull();
    expect(routed(cover, folder('it', own))).toBe('it');
  });

  test('all lists of a folder must fit together', () => {
    expect(routed(cover, folder('it', { roles: ['cover'], products: ['poster_*'] }))).toBeNull();
  });

  test('a star stands for any run of characters and every other sign for itself', () => {
    const product = (pattern: string, code: string) =>
      routed({ ...cover, product: code }, folder('it', { products: [pattern] }));
    expect(product('*', '')).toBe('it');
    expect(product('text*_a4', 'textbook_pb_a4')).toBe('it');
    expect(product('text*_a4', 'textbook_pb_a5')).toBeNull();
    expect(product('book.a4', 'bookXa4')).toBeNull();
    expect(product('book(a4)+[x]', 'book(a4)+[x]')).toBe('it');
    expect(product('book', 'book_a4')).toBeNull();
  });

  test('a shipping label goes only to a folder that names the role', () => {
    const label = { ...cover, role: 'shippingLabel' };
    expect(routed(label, folder('any'))).toBeNull();
    expect(routed(label, folder('any'), folder('labels', { roles: ['shippingLabel'] }))).toBe('labels');
  });
});
