import { expect, test } from 'vitest';
import { contractUrl } from '../../../../renderer/client/socket-wire.ts';

test('the wire goes to the host that served the page, encrypted when the page is', () => {
  expect(contractUrl('http://127.0.0.1:8760/#/orders', 'a b')).toBe('ws://127.0.0.1:8760/contract?token=a+b');
  expect(contractUrl('https://floor.example.com/', 't')).toBe('wss://floor.example.com/contract?token=t');
});
