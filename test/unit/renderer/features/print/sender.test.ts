import { expect, test } from 'vitest';
import { senderOf } from '../../../../../renderer/features/print/sender.ts';

test('a consignor is the sender, whoever the shop is', () => {
  for (const prescribed of [true, false]) {
    expect(senderOf({ consignor: ' Fjord Books ', prescribed, shop: 'Hall 2' })).toEqual({
      kind: 'consignor',
      name: 'Fjord Books',
    });
  }
});

test('where the platform prescribes the sender and names none, nobody takes its place', () => {
  expect(senderOf({ consignor: ' ', prescribed: true, shop: 'Hall 2' })).toEqual({ kind: 'missing' });
});

test('elsewhere the shop sends under its own name', () => {
  expect(senderOf({ consignor: '', prescribed: false, shop: 'Hall 2' })).toEqual({ kind: 'shop', name: 'Hall 2' });
});
