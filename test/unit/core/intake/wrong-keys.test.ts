import { request } from 'node:http';
import { expect, it } from 'vitest';
import { WrongKeys, type WrongKeyVerdict } from '../../../../main/core/intake/wrong-keys.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { createSettableClock } from '../../../support/settable-clock.ts';
import { connectionTo, jobsHeardBy, platformWith, startIntake } from './intake-fixture.ts';

const token = 'BACKEND-TOKEN-0123456789';

const start = (clock: FakeClock) =>
  startIntake(
    [
      connectionTo(
        platformWith({
          jobs: jobsHeardBy({ readCallback: () => null }),
          shopOrders: { read: () => ({ kind: 'read', orders: [] }) },
        }),
        'shop',
        { backendToken: token },
      ),
    ],
    { jobs: { handOver: async () => [], knowsNonce: async () => false } },
    { clock, wrongKeyLimit: { perMinute: 3, addresses: 100 } },
  );

interface Seen {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly connection: string | undefined;
}

/** Posts as if from another machine: all of 127.0.0.0/8 is this one. */
const postFrom = (localAddress: string, url: string, key: string): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', localAddress, headers: { authorization: `Bearer ${key}` } },
      (answer) => {
        answer.resume();
        const { 'retry-after': retryAfter, connection } = answer.headers;
        resolve({ status: answer.statusCode ?? 0, retryAfter, connection });
      },
    );
    sent.on('error', reject);
    sent.end('{}');
  });

it('an address that tries many keys is told to come again, while the right key of the same address is taken', async () => {
  const clock = createFakeClock();
  const { url, logged, refusals } = await start(clock);
  const guess = (address = '127.0.0.1') => postFrom(address, `${url}/in/shop/orders`, 'a guess');
  for (let tries = 0; tries < 3; tries += 1) expect(await guess()).toMatchObject({ status: 401 });
  await clock.advance(20_000);
  for (let tries = 0; tries < 3; tries += 1) {
    expect(await guess()).toEqual({ status: 429, retryAfter: '40', connection: 'close' });
  }
  expect(
    await postFrom('127.0.0.1', `${url}/in/shop/callback/guessed`, ''),
    'a guessed nonce counts as well',
  ).toMatchObject({ status: 429 });
  expect(await postFrom('127.0.0.1', `${url}/in/shop/orders`, token), 'the right key').toMatchObject({ status: 202 });
  expect(refusals.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429, 429, 429]);
  expect(logged).toHaveLength(7);
  expect(logged.filter((line) => line.includes('127.0.0.1'))).toHaveLength(4);
  await clock.advance(40_000);
  expect(await guess(), 'the minute is over').toMatchObject({ status: 401 });
});

it.skipIf(process.platform !== 'linux')('another address has a minute of its own', async () => {
  const { url } = await start(createFakeClock());
  const guess = (address: string) => postFrom(address, `${url}/in/shop/orders`, 'a guess');
  for (let tries = 0; tries < 4; tries += 1) await guess('127.0.0.1');
  expect(await guess('127.0.0.1')).toMatchObject({ status: 429 });
  expect(await guess('127.0.0.2')).toMatchObject({ status: 401 });
});

const kinds = (keys: WrongKeys, addresses: readonly string[]): readonly WrongKeyVerdict['kind'][] =>
  addresses.map((address) => keys.note(address).kind);

it('the forms of one address are one sender, and so is a whole IPv6 network', () => {
  const keys = new WrongKeys({ perMinute: 1, addresses: 10 }, createFakeClock());
  expect(kinds(keys, ['192.0.2.7', '::ffff:192.0.2.7'])).toEqual(['wrong', 'tooMany']);
  expect(kinds(keys, ['2001:db8:1:2::1', '2001:db8:1:2:aaaa::5', '2001:db8:1:3::1'])).toEqual([
    'wrong',
    'tooMany',
    'wrong',
  ]);
});

it('only so many addresses are kept in mind, and the first is forgotten first', () => {
  const keys = new WrongKeys({ perMinute: 1, addresses: 2 }, createFakeClock());
  expect(kinds(keys, ['192.0.2.1', '192.0.2.2', '192.0.2.2', '192.0.2.3', '192.0.2.2', '192.0.2.1'])).toEqual([
    'wrong',
    'wrong',
    'tooMany',
    'wrong',
    'tooMany',
    'wrong',
  ]);
});

it('a clock that is set gives nobody new tries and locks nobody out', async () => {
  const clock = createSettableClock();
  const keys = new WrongKeys({ perMinute: 1, addresses: 2 }, clock);
  expect(kinds(keys, ['192.0.2.1', '192.0.2.1'])).toEqual(['wrong', 'tooMany']);
  clock.setAhead(86_400_000);
  expect(kinds(keys, ['192.0.2.1'])).toEqual(['tooMany']);
  clock.setAhead(-86_400_000);
  await clock.advance(60_000);
  expect(kinds(keys, ['192.0.2.1'])).toEqual(['wrong']);
});
