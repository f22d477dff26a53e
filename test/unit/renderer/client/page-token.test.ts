import { expect, test } from 'vitest';
import { readFragment, takePageToken } from '../../../../renderer/client/page-token.ts';

const page = (hash: string, stored: string | null = null) => {
  const storage = new Map<string, string>(stored === null ? [] : [['platen.token', stored]]);
  const shown: string[] = [];
  return {
    shown,
    storage,
    place: {
      location: { hash, pathname: '/', search: '' },
      history: {
        replaceState: (_state: unknown, _title: string, url?: string | URL | null) => void shown.push(`${url}`),
      },
      sessionStorage: {
        getItem: (key: string) => storage.get(key) ?? null,
        setItem: (key: string, value: string) => void storage.set(key, value),
      },
    },
  };
};

test('the key is taken out of the address bar and kept for this tab', () => {
  const { place, shown, storage } = page('#token=s3cret');
  expect(takePageToken(place)).toBe('s3cret');
  expect(shown).toEqual(['/#/orders']);
  expect([...storage.values()]).toEqual(['s3cret']);
});

test('an address with a key and a screen opens that screen', () => {
  const { place, shown } = page('#token=s3cret&path=/orders/5');
  expect(takePageToken(place)).toBe('s3cret');
  expect(shown).toEqual(['/#/orders/5']);
});

test('a page that is loaded again uses the key it kept', () => {
  const { place, shown } = page('#/orders/5', 'kept');
  expect(takePageToken(place)).toBe('kept');
  expect(shown).toEqual([]);
});

test('a newer key in the address replaces the kept one', () => {
  const { place, storage } = page('#token=newer', 'kept');
  expect(takePageToken(place)).toBe('newer');
  expect([...storage.values()]).toEqual(['newer']);
});

test('an address without a key has none', () => {
  expect(takePageToken(page('').place)).toBeNull();
  expect(readFragment('#/signals')).toEqual({ token: null, path: '/signals' });
});

test('a screen in the address that is no path is left out', () => {
  expect(readFragment('#token=t&path=https://elsewhere.example')).toEqual({ token: 't', path: '' });
});
