import { expect, test } from 'vitest';
import { parseRoute, printHref } from '../../../../renderer/client/route.ts';

test('the sheets of an order have addresses of their own', () => {
  expect(parseRoute('#/print/ticket/5')).toEqual({ kind: 'print', sheet: 'ticket', ref: 5 });
  expect(parseRoute('#/print/slip/cp%3A900000010000')).toEqual({
    kind: 'print',
    sheet: 'slip',
    ref: 'cp:900000010000',
  });
  expect(parseRoute(printHref('slip', 'cp:a/b'))).toEqual({ kind: 'print', sheet: 'slip', ref: 'cp:a/b' });
  expect(parseRoute('#/print/label/5')).toEqual({ kind: 'orders' });
});
