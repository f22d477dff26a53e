import { expect, it } from 'vitest';
import { startScriptedServer } from '../cloudprinter/scripted-server.ts';
import { openWay } from '../oauth/open-way.ts';
import { printess, type Swept, sweepAll } from './printess-way.ts';

/** Sweeps a list that is always this one, whatever page of it is asked for; counts the questions. */
const sweptOf = async (list: unknown): Promise<Swept & { readonly asked: number }> => {
  await using server = await startScriptedServer((response) => response.end(JSON.stringify(list)));
  const baseUrl = new URL(server.url).origin;
  const settings = printess.platform.settingsSchema.parse({ baseUrl, pageSize: 2, allowPrivateAddresses: true });
  const way = openWay({ settings, secrets: { serviceToken: 'token' } });
  return { ...(await sweepAll(way)), asked: server.seen.length };
};

const job = (jobId: string, more: object = {}) => ({ jobId, origin: 'Floor', ...more });

it.each([
  ['that has more than it shows', { orders: [job('a')], count: 4_294_967_296 }],
  ['whose pages are always full', { orders: [job('a'), job('b')], count: null }],
  ['whose entries cannot be read', { orders: [{}], count: 1e15 }],
])('a list %s, and is the same for each page, has an end', async (_what, list) => {
  const { end, asked } = await sweptOf(list);
  expect(end.kind).toBe('covered');
  expect(asked).toBeLessThan(10);
});

it('numbers that nothing can be counted with are not told', async () => {
  const odd = JSON.parse('{"copies":1e999,"pages":1e300}');
  const { sightings } = await sweptOf({ orders: [job('a', odd), job('b', { copies: 3, pages: 4 })], count: 2 });
  expect(sightings.map(({ work }) => work?.items[0])).toMatchObject([
    { copies: 1, pages: null },
    { copies: 3, pages: 4 },
  ]);
});
