import { expect, test } from 'vitest';
import { hrefOf, orderHref, parseRoute } from '../../../../renderer/client/route.ts';

test('every screen has an address that leads back to it', () => {
  for (const kind of ['orders', 'files', 'signals', 'hotFolders', 'connections', 'settings'] as const) {
    expect(parseRoute(hrefOf(kind))).toEqual({ kind });
  }
});

test('an order is linked by the id of the station or by the id of the platform', () => {
  expect(parseRoute(orderHref(42))).toEqual({ kind: 'order', ref: 42 });
  expect(parseRoute(orderHref('cp:9000/0001'))).toEqual({ kind: 'order', ref: 'cp:9000/0001' });
});

test('an unknown address is the Orders screen', () => {
  expect(parseRoute('#/nowhere')).toEqual({ kind: 'orders' });
  expect(parseRoute('')).toEqual({ kind: 'orders' });
  expect(parseRoute('#/orders/%E0%A4%A')).toEqual({ kind: 'order', ref: '%E0%A4%A' });
});
