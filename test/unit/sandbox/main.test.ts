import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startFakeShop } from './cloudprinter/fake-shop.ts';

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, ['test/sandbox/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  return { child, output: () => output };
}

test('by hand it prints its addresses, posts the demo’s orders and ends on SIGTERM', async () => {
  await using shop = await startFakeShop();
  const { child, output } = run('--port', '0', '--to', shop.url, '--every', '0', '--demo', '--order-key', 'k');
  try {
    await expect.poll(() => shop.requests.length, { timeout: 20_000 }).toBe(6);
    await expect.poll(output, { timeout: 20_000 }).toMatch(/900000060000 attempt 1: 200/);
    expect(output()).toMatch(/sandbox at http:\/\/127\.0\.0\.1:\d+/);
    expect(shop.requests[0]?.body).toContain('"apikey":"k"');
  } finally {
    child.kill('SIGTERM');
  }
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(output()).toContain('stopped');
});

test.for([
  { platform: 'printess', secret: 'serviceToken' },
  { platform: 'printapi', secret: 'clientSecret' },
  { platform: 'customerscanvas', secret: 'clientSecret' },
])('by hand $platform prints the connection of a station to it, and ends on SIGTERM', async ({ platform, secret }) => {
  const { child, output } = run('--platform', platform, '--port', '0', '--every', '0', '--orders', '2');
  try {
    await expect.poll(output, { timeout: 20_000 }).toMatch(/^}\n.*order.*\n.*order/m);
    const connection: unknown = JSON.parse(/^{$.*?^}$/ms.exec(output())?.[0] ?? '');
    expect(connection).toMatchObject({ platform, [secret]: expect.any(String), allowPrivateAddresses: true });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await once(child, 'close')).toEqual([0, null]);
});

test('a wrong option is explained', async () => {
  const { child, output } = run('--port', 'eighty');
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(output()).toContain('--port N');
});
