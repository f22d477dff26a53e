import { expect, test } from 'vitest';
import type { Client } from '../../main/contract/contract.ts';
import type { OutboxView } from '../../main/contract/outbox.ts';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { itemRefOf, untilOrder } from '../support/scenario-views.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

const signalsOf = async (client: Client): Promise<readonly OutboxView[]> =>
  (await client.outbox.list({ limit: 1000 })).signals;

const signalsChannelOf = async (client: Client, id = 'cp') => {
  const { connections } = await client.connections.list({});
  const connection = connections.find((each) => each.id === id);
  const channel = connection?.channels.find(({ name }) => name === 'signals');
  if (channel === undefined) throw new Error(`there is no signals channel of ${id}`);
  return channel;
};

test('ItemRegistered goes out by itself within seconds and shows a 15-minute deadline', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const { client, intakeUrl } = await startStation(shop);
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }, { product: 'flyer' }] });
  // The second is refused for a while, so that it can be seen waiting.
  const [first, second] = order.items.map(({ id }) => id);
  const refusal = { kind: 'status', status: 503, message: 'later' } as const;
  sandbox.signalKnobs.set({ match: { item: second }, fault: refusal });
  const postedAtMs = Date.now();
  await sandbox.post(order, { to: intakeUrl });
  await sandbox.ledger.waitFor('signal', ({ item, accepted }) => item === first && accepted, 5_000);
  const signals = await until('the second waits', async () => {
    const all = await signalsOf(client);
    return all.some(({ state }) => state === 'waiting') ? all : null;
  });
  expect(signals.map(({ platformName, mandatory }) => [platformName, mandatory])).toEqual([
    ['ItemRegistered', true],
    ['ItemRegistered', true],
  ]);
  for (const { deadlineAt, createdAt } of signals) {
    expect(Date.parse(deadlineAt ?? '') - Date.parse(createdAt)).toBe(15 * minuteMs);
    expect(Math.abs(Date.parse(createdAt) - postedAtMs)).toBeLessThan(10_000);
  }
  expect(signals.find(({ state }) => state === 'waiting')).toMatchObject({
    itemExternalId: second,
    sentAt: null,
    lastError: expect.stringContaining('later'),
  });
});

test('A 400 to ItemProduced never blocks ItemShipped', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const { client, intakeUrl } = await startStation(shop);
  const refusal = { kind: 'status', status: 400, message: 'ItemProduced is not wanted here' } as const;
  sandbox.signalKnobs.set({ match: { type: 'ItemProduced' }, fault: refusal });
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }] });
  const id = order.items[0]?.id ?? '';
  await sandbox.post(order, { to: intakeUrl });
  for (const kind of ['produced', 'packed'] as const) {
    await client.items.signal({ item: itemRefOf(order, 1), signal: { kind } });
  }
  await client.orders.ship({ order: `cp:${order.id}`, tracking: '1Z-SHIPPED' });
  await sandbox.ledger.waitFor('signal', ({ type, accepted }) => type === 'ItemShipped' && accepted);
  expect(sandbox.acceptedTypes(id)).toEqual(['ItemRegistered', 'ItemPacked', 'ItemShipped']);
  const refused = (await signalsOf(client)).filter(({ state }) => state === 'problem');
  expect(refused).toMatchObject([{ platformName: 'ItemProduced', attempts: 1, mandatory: false }]);
  expect(refused[0]?.lastError).toContain('ItemProduced is not wanted here');
  expect((await signalsChannelOf(client)).state).toBe('open');

  // A mandatory one that is refused does hold the later ones back, until a person decides.
  sandbox.signalKnobs.clear();
  const registration = { kind: 'status', status: 400, message: 'unknown item' } as const;
  sandbox.signalKnobs.set({ match: { type: 'ItemRegistered' }, fault: registration });
  const held = makeOrder({ number: 2, items: [{ product: 'poster' }] });
  await sandbox.post(held, { to: intakeUrl });
  await untilOrder(client, held, 'has a problem', ({ problemCount }) => problemCount === 1);
  await client.orders.ship({ order: `cp:${held.id}`, tracking: '1Z-HELD' });
  const [waiting] = (await signalsOf(client)).filter(({ state }) => state === 'queued');
  expect(waiting).toMatchObject({
    platformName: 'ItemShipped',
    waitsFor: 'ItemRegistered of the same item goes first',
  });
  const [problem] = (await signalsOf(client)).filter(({ state, mandatory }) => state === 'problem' && mandatory);
  await client.outbox.dismiss({ id: problem?.id ?? 0, reason: 'known at the platform' });
  await sandbox.ledger.waitFor(
    'signal',
    ({ type, order: of, accepted }) => type === 'ItemShipped' && of === held.id && accepted,
  );
});

test('A 401 pauses the channel with one alarm, nothing is marked failed, and a new key resumes it', async () => {
  const shop = await openShop({ config: { connections: [] } });
  const { sandbox } = shop;
  const clock = createFakeClock();
  const { client, intakeUrl } = await startStation(shop, { clock });
  const alarms = new Set<string>();
  client.station.onChanged(({ station }) => {
    for (const { id, code, text } of station.notices) if (code === 'channelAlarm') alarms.add(`${id} ${text}`);
  });
  const save = (signalKey: string) =>
    client.connections.save({
      id: 'cp',
      platform: 'cloudprinter',
      settings: { signalUrl: sandbox.signalUrl, allowPrivateAddresses: true },
      secrets: { orderKey: sandbox.orderKey, signalKey },
    });
  await save('a-key-of-yesterday');
  const unauthorised = { kind: 'status', status: 401, message: 'who are you' } as const;
  const refusing = sandbox.signalKnobs.set({ fault: unauthorised });

  const orders = [1, 2, 3].map((number) => makeOrder({ number, items: [{ product: 'poster' }, { product: 'flyer' }] }));
  for (const order of orders) await sandbox.post(order, { to: intakeUrl });
  const turning = { turning: clock };
  await until('the channel is stopped', async () => (await signalsChannelOf(client)).state === 'alarm', turning);
  await until('nothing is under way', async () => {
    const { countByState } = await client.outbox.list({});
    return (countByState.sending ?? 0) === 0;
  });
  // An hour on, with what probes it makes.
  for (let minute = 0; minute < 60; minute += 1) await clock.advance(minuteMs);
  await until('nothing is under way, and nothing failed', async () => {
    const signals = await signalsOf(client);
    return signals.length === 6 && signals.every(({ state }) => state === 'queued' || state === 'waiting');
  });
  expect((await client.station.get({})).station.notices.filter(({ code }) => code === 'channelAlarm')).toHaveLength(1);
  expect((await client.station.get({})).station.counts).toMatchObject({ problemSignals: 0, problemOrders: 0 });
  expect([...alarms]).toHaveLength(1);
  expect([...alarms][0]).toContain('refuses the signal key (401');
  // What was under way at the first refusal, and a probe every quarter of an hour or more.
  expect(sandbox.ledger.ofKind('signal').length).toBeLessThanOrEqual(6 + 5);

  refusing.remove();
  await save(sandbox.signalKey);
  await until('all are registered', () =>
    orders.every((order) => order.items.every(({ id }) => sandbox.acceptedTypes(id).length === 1)),
  );
  await until('the alarm is over', async () => {
    const { notices } = (await client.station.get({})).station;
    return !notices.some(({ code }) => code === 'channelAlarm') && (await signalsChannelOf(client)).state === 'open';
  });
  expect([...alarms]).toHaveLength(1);
});

test('A signal is tried for 7 days of 503, then it is a problem, and nothing earlier', {
  timeout: 120_000,
}, async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const clock = createFakeClock();
  const startedAtMs = clock.nowMs();
  const { client, intakeUrl } = await startStation(shop, { clock });
  const unwell = sandbox.signalKnobs.set({ fault: { kind: 'status', status: 503, message: 'not today' } });
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }] });
  await sandbox.post(order, { to: intakeUrl });

  const stateOf = async () => {
    const [signal] = await signalsOf(client);
    if (signal === undefined) throw new Error('there is no signal');
    return signal;
  };
  const triedAtMs: number[] = [];
  let last = await until('it was tried once', async () => {
    const signal = await stateOf();
    return signal.attempts === 1 && signal.state === 'waiting' ? signal : null;
  });
  triedAtMs.push(clock.nowMs());
  while (last.state === 'waiting') {
    const { attempts } = last;
    const nextMs = Date.parse((await signalsChannelOf(client)).nextTryAt ?? '');
    // To the moment before: nothing happens ahead of its time.
    await clock.advance(nextMs - clock.nowMs() - 1);
    expect((await stateOf()).attempts).toBe(attempts);
    await clock.advance(1);
    last = await until(
      'it was tried again',
      async () => {
        const signal = await stateOf();
        return signal.attempts > attempts && signal.state !== 'sending' ? signal : null;
      },
      { everyMs: 2 },
    );
    triedAtMs.push(clock.nowMs());
    if (last.state === 'waiting') expect(clock.nowMs() - startedAtMs).toBeLessThan(7 * dayMs);
  }
  expect(last).toMatchObject({ state: 'problem', lastError: expect.stringContaining('not today') });
  expect(clock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(7 * dayMs);
  expect(clock.nowMs() - startedAtMs).toBeLessThan(7 * dayMs + 2 * 3_600_000);
  expect(triedAtMs).toHaveLength(unwell.strikes);
  // Growing waits: seconds at first, an hour (with its jitter) in the end.
  const waitsMs = triedAtMs.slice(1).map((atMs, index) => atMs - (triedAtMs[index] ?? 0));
  expect(waitsMs[0]).toBeLessThanOrEqual(15_000 * 1.2);
  expect(Math.max(...waitsMs)).toBeLessThanOrEqual(3_600_000 * 1.2);
  expect(triedAtMs.length).toBeLessThan(7 * 24 * 1.3 + 10);
  await untilOrder(client, order, 'shows it', ({ problemCount }) => problemCount === 1);

  unwell.remove();
  await client.outbox.retry({ id: last.id });
  await clock.advance(2 * 3_600_000);
  await sandbox.ledger.waitFor('signal', ({ accepted }) => accepted);
  await untilOrder(client, order, 'is well again', ({ problemCount }) => problemCount === 0);
});
