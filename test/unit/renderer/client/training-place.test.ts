import { expect, test } from 'vitest';
import { contractUrl } from '../../../../renderer/client/socket-wire.ts';
import { createTrainingPlace } from '../../../../renderer/client/training-place.ts';

const openPage = (address: string, kept = new Map<string, string>()) => {
  const { search, hash, pathname } = new URL(address);
  const went: string[] = [];
  const place = createTrainingPlace({
    location: {
      search,
      hash,
      pathname,
      assign: (url) => went.push(`assign ${String(url)}`),
      replace: (url) => went.push(`replace ${String(url)}`),
    },
    sessionStorage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
    },
  });
  return { place, went, kept };
};

test('the way into training leads to its orders, and the way out back to where the person was', () => {
  const real = openPage('http://127.0.0.1:5000/#/settings');
  expect(real.place.practising).toBe(false);
  real.place.enter();
  expect(real.went).toEqual(['assign /?training=1#/orders']);

  const training = openPage('http://127.0.0.1:5000/?training=1#/orders/4', real.kept);
  expect(training.place.practising).toBe(true);
  training.place.leave();
  expect(training.went).toEqual(['replace /#/settings']);
});

test('who came to a training by its address leaves it for the orders, and stays within the app', () => {
  const { place, went } = openPage('app://platen/index.html?training=1#/signals');
  expect(place.practising).toBe(true);
  place.leave();
  expect(went).toEqual(['replace /index.html#/orders']);
});

test('the wire of a page to practise on says so, that of any other does not', () => {
  const page = 'http://127.0.0.1:5000/?training=1#/orders';
  expect(contractUrl(page, 'k', true)).toBe('ws://127.0.0.1:5000/contract?token=k&training=1');
  expect(contractUrl(page, 'k')).toBe('ws://127.0.0.1:5000/contract?token=k');
});
