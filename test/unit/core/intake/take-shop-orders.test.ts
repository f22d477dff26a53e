import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { IntakeJobs } from '../../../../main/core/intake/intake-jobs.ts';
import { connectionTo, jobsHeardBy, platformWith, post, startIntake } from './intake-fixture.ts';

const backendToken = 'BACKEND-TOKEN-0123456789';
const shopifySecret = 'SHOPIFY-SECRET-0123456789';

const handed = z.object({ orders: z.array(z.string()).min(1) });
const prefixed = z.object({ prefix: z.string().default('') });

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
};

const taking = platformWith({
  jobs: jobsHeardBy({}),
  shopOrders: {
    read: (body, settings) => {
      const read = handed.safeParse(parsed(body));
      if (!read.success) return { kind: 'invalid', message: 'the body names no orders' };
      const { prefix } = prefixed.parse(settings);
      return {
        kind: 'read',
        orders: read.data.orders.map((order) => ({ externalId: `${prefix}${order}`, lines: [] })),
      };
    },
  },
});

const connections = [
  connectionTo(taking, 'both', { backendToken, shopifySecret }),
  connectionTo(taking, 'token', { backendToken }, { prefix: 'T-' }),
  connectionTo(taking, 'shopify', { shopifySecret }),
  connectionTo(taking, 'neither'),
  connectionTo(taking, 'empty', { backendToken: '', shopifySecret: '' }),
  connectionTo(platformWith({}), 'none', { backendToken }),
];

const start = async (handOver?: IntakeJobs['handOver']) => {
  const stored: string[] = [];
  const store: IntakeJobs['handOver'] = async (connection, orders, by) =>
    orders.map(({ externalId }) => {
      const name = `${connection.id} ${externalId} by ${by}`;
      const known = stored.indexOf(name);
      if (known !== -1) return { orderId: known + 1, externalId, outcome: 'known' };
      return { orderId: stored.push(name), externalId, outcome: 'stored' };
    });
  return { ...(await startIntake(connections, { jobs: { handOver: handOver ?? store } })), stored };
};

const body = '{ "orders": ["SO-1"] }';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const signature = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64');
const signed = (secret: string, text = body) => ({ 'x-shopify-hmac-sha256': signature(secret, text) });

const wrong = { status: 401, text: 'the token or signature is wrong\n' };
const missing = { status: 401, text: 'the request carries neither a token nor a signature\n' };

it("orders from the shop's backend are answered with the station's ids once they are stored", async () => {
  const { url, stored, logged } = await start();
  const hand = async (text: string) => {
    const response = await fetch(`${url}/in/token/orders`, {
      method: 'POST',
      body: text,
      headers: bearer(backendToken),
    });
    return [response.status, response.headers.get('content-type'), await response.json()];
  };
  const json = 'application/json; charset=utf-8';
  expect(await hand('{"orders":["SO-1","SO-2"]}')).toEqual([
    202,
    json,
    {
      orders: [
        { order: 'T-SO-1', id: 1, outcome: 'stored' },
        { order: 'T-SO-2', id: 2, outcome: 'stored' },
      ],
    },
  ]);
  expect(await hand('{"orders":["SO-3","SO-1"]}')).toEqual([
    202,
    json,
    {
      orders: [
        { order: 'T-SO-3', id: 3, outcome: 'stored' },
        { order: 'T-SO-1', id: 1, outcome: 'known' },
      ],
    },
  ]);
  expect(stored).toEqual(['SO-1', 'SO-2', 'SO-3'].map((order) => `token T-${order} by shop backend`));
  expect(logged).toEqual([]);
});

it('an order is answered only once it is stored', async () => {
  const steps: string[] = [];
  let release = (): void => undefined;
  const { url } = await start(
    () =>
      new Promise((resolve) => {
        release = () => {
          steps.push('stored');
          resolve([{ orderId: 1, externalId: 'SO-1', outcome: 'stored' }]);
        };
        steps.push('asked');
      }),
  );
  const posting = post(`${url}/in/token/orders`, body, bearer(backendToken)).then(() => steps.push('answered'));
  await expect.poll(() => steps, { interval: 5 }).toEqual(['asked']);
  release();
  await posting;
  expect(steps).toEqual(['asked', 'stored', 'answered']);
});

it('Shopify proves itself by the signature of the very bytes that it sent', async () => {
  const { url, stored } = await start();
  const orders = `${url}/in/shopify/orders`;
  const unicode = '{"orders":["Größe ✔ \\u00e9"],  "id":866550311766439020}';
  expect(await post(orders, unicode, signed(shopifySecret, unicode))).toMatchObject({ status: 202 });
  expect(stored).toHaveLength(1);

  const serialisedAgain = JSON.stringify(JSON.parse(unicode));
  expect(await post(orders, unicode, signed(shopifySecret, serialisedAgain))).toEqual(wrong);
  expect(await post(orders, serialisedAgain, signed(shopifySecret, unicode))).toEqual(wrong);
  expect(await post(orders, `${unicode}\n`, signed(shopifySecret, unicode))).toEqual(wrong);
  expect(stored).toHaveLength(1);
});

it('a wrong or missing proof is refused before the body is read', async () => {
  const { url, stored } = await start();
  const orders = `${url}/in/both/orders`;
  const right = signature(shopifySecret, body);
  const wrongProofs: readonly Readonly<Record<string, string>>[] = [
    bearer(backendToken.slice(0, -1)),
    bearer(`${backendToken}x`),
    bearer(backendToken.toLowerCase()),
    bearer(`${backendToken}, Bearer ${backendToken}`),
    bearer(shopifySecret),
    bearer(right),
    signed(backendToken),
    signed(shopifySecret, 'another body'),
    { 'x-shopify-hmac-sha256': shopifySecret },
    { 'x-shopify-hmac-sha256': '' },
    { 'x-shopify-hmac-sha256': right.replace('=', '') },
    { 'x-shopify-hmac-sha256': Buffer.from(right, 'base64').toString('hex') },
    { 'x-shopify-hmac-sha256': `${right}, ${right}` },
    { ...bearer('wrong'), ...signed('wrong') },
  ];
  for (const headers of wrongProofs) expect([headers, await post(orders, body, headers)]).toEqual([headers, wrong]);
  const noProofs: readonly Readonly<Record<string, string>>[] = [
    {},
    { authorization: 'Bearer ' },
    { authorization: 'Bearer' },
    { authorization: backendToken },
    { authorization: `Basic ${Buffer.from(`:${backendToken}`).toString('base64')}` },
    { 'x-backend-token': backendToken },
  ];
  for (const headers of noProofs) expect([headers, await post(orders, body, headers)]).toEqual([headers, missing]);
  expect(await post(`${orders}?token=${backendToken}`, body, {})).toEqual(missing);
  expect(await post(orders, 'nonsense', bearer('wrong'))).toEqual(wrong);
  expect(stored).toEqual([]);
});

it('one right proof is enough, whatever stands beside it', async () => {
  const { url } = await start();
  const orders = `${url}/in/both/orders`;
  for (const headers of [
    bearer(backendToken),
    { authorization: `bearer   ${backendToken}` },
    signed(shopifySecret),
    { ...bearer(backendToken), ...signed(shopifySecret) },
    { ...bearer(backendToken), ...signed('wrong') },
    { ...bearer('wrong'), ...signed(shopifySecret) },
    { authorization: 'Basic OnByb3h5', ...signed(shopifySecret) },
  ]) {
    expect([headers, (await post(orders, body, headers)).status]).toEqual([headers, 202]);
  }
});

it('a connection without the secret takes no proof by it, not even one made with an empty secret', async () => {
  const { url, stored } = await start();
  const proofs = [
    bearer(backendToken),
    signed(shopifySecret),
    signed(''),
    bearer('null'),
    bearer('undefined'),
    { ...bearer(''), ...signed('') },
  ];
  for (const id of ['neither', 'empty']) {
    for (const headers of proofs) {
      expect([id, headers, (await post(`${url}/in/${id}/orders`, body, headers)).status]).toEqual([id, headers, 401]);
    }
  }
  expect(await post(`${url}/in/token/orders`, body, signed(''))).toEqual(wrong);
  expect(await post(`${url}/in/shopify/orders`, body, bearer(backendToken))).toEqual(wrong);
  expect(stored).toEqual([]);
});

it('what cannot be taken is refused in one line, and nothing is stored', async () => {
  const { url, stored } = await start();
  const orders = `${url}/in/token/orders`;
  for (const text of ['', 'nonsense', '{"orders":[]}']) {
    expect(await post(orders, text, bearer(backendToken))).toEqual({ status: 400, text: 'the body names no orders\n' });
  }
  const huge = JSON.stringify({ orders: ['SO-1'], note: 'x'.repeat(6_000_000) });
  expect(await post(orders, huge, bearer(backendToken))).toEqual({ status: 413, text: 'the body is too large\n' });
  expect(await post(`${url}/in/none/orders`, body, bearer(backendToken))).toEqual({
    status: 404,
    text: 'this connection takes nothing here\n',
  });
  expect(await post(`${url}/in/unknown/orders`, body, bearer(backendToken))).toEqual({
    status: 404,
    text: 'there is no such connection\n',
  });
  expect(stored).toEqual([]);
});

it('orders that cannot be stored are to be sent again', async () => {
  const { url, logged } = await start(() => Promise.reject(new Error('the disk is full')));
  const response = await fetch(`${url}/in/token/orders`, { method: 'POST', body, headers: bearer(backendToken) });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await response.text()).toBe('the orders could not be stored, send them again\n');
  expect(logged[0]).toContain('the disk is full');
});

it('the log holds no token, no signature and nothing of the body, whatever comes of it', async () => {
  const { url, logged, refusals } = await start();
  const secretBody = '{"orders":"BODY-SECRET"}';
  const answers = [
    await post(`${url}/in/both/orders`, secretBody, bearer(backendToken)),
    await post(`${url}/in/both/orders`, secretBody, bearer(`${backendToken}x`)),
    await post(`${url}/in/shopify/orders`, secretBody, signed(backendToken, secretBody)),
    await post(`${url}/in/neither/orders?token=${backendToken}`, secretBody, bearer(backendToken)),
    await post(`${url}/in/both/orders`, `BODY-SECRET${' '.repeat(6_000_000)}`, bearer(backendToken)),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 401, 401, 401, 413]);
  expect(logged).toHaveLength(5);
  const said = `${logged.join('\n')}${JSON.stringify(refusals)}${JSON.stringify(answers)}`;
  expect(said).not.toMatch(/TOKEN|SHOPIFY|BODY-SECRET/);
  expect(said).not.toContain(signature(backendToken, secretBody));
});
