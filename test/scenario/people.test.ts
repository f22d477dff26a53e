import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { type Canary, canariesBelow, canariesIn } from '../support/scenario-canary.ts';
import { startCommand } from '../support/scenario-command.ts';
import { valuesOf } from '../support/scenario-database.ts';
import { startStationProcess } from '../support/scenario-process.ts';
import { openRecordedScreen } from '../support/scenario-recorder.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { itemRefOf, untilOrder } from '../support/scenario-views.ts';

test('what somebody does carries their initials: in the history, and in what leaves for the platform', async () => {
  const shop = await openShop();
  const { client, intakeUrl } = await startStation(shop);
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }, { product: 'flyer' }] });
  await shop.sandbox.post(order, { to: intakeUrl });
  await untilOrder(client, order, 'is print-ready', ({ items }) => items.every(({ reached }) => reached.printReady));
  await client.items.hold({ item: itemRefOf(order, 1), note: 'before anybody had a PIN' });

  const { person } = await client.people.save({ name: 'Office', initials: 'of', role: 'manager', pin: '1111' });
  await expect(client.items.resume({ item: itemRefOf(order, 1) })).rejects.toMatchObject({ code: 'notPermitted' });
  await client.people.signIn({ person: person.id, pin: '1111' });
  await client.items.resume({ item: itemRefOf(order, 1) });
  await client.items.signal({ item: itemRefOf(order, 1), signal: { kind: 'produced' } });
  const { signals } = await client.orders.ship({ order: `cp:${order.id}`, tracking: '1Z-INITIALS' });
  const noted = await client.orders.addNote({ order: `cp:${order.id}`, text: 'Call the customer' });
  expect(noted.order.notes.map(({ by }) => by)).toEqual(['OF']);
  await client.connections.pause({ id: 'cp' });
  await client.people.signOut({});

  const { history } = await client.orders.get({ order: `cp:${order.id}` });
  const by = (code: string): readonly (string | null)[] =>
    history.filter((entry) => entry.code === code).map((entry) => entry.by);
  expect(by('item.held')).toEqual(['screen']);
  expect(by('item.resumed')).toEqual(['OF']);
  expect(by('item.produced')).toEqual(['OF']);
  const createdBy = valuesOf(
    shop.dataFolder,
    `SELECT created_by FROM outbox WHERE id IN (${signals.map(({ id }) => id).join()})`,
  );
  expect(createdBy).toEqual(['OF', 'OF']);
  const ofTheStation = valuesOf(
    shop.dataFolder,
    "SELECT code || ' by ' || by FROM events WHERE order_id IS NULL AND at_ms > 0 AND by <> 'config file' ORDER BY id",
  );
  expect(ofTheStation).toEqual(expect.arrayContaining(['people.added by screen', 'connection.paused by OF']));
});

/** Too long to be there by chance. */
const right: Canary = { name: 'right', secret: '904817263554' };
const wrong: Canary = { name: 'wrong', secret: '615243809977' };
const changed: Canary = { name: 'new', secret: '738291046655' };
const pins = [right, wrong, changed];

test('PINs are in no database, log, backup, support bundle, output or message; their hashes only in the database', {
  timeout: 120_000,
}, async () => {
  const shop = await openShop();
  const station = await startStationProcess(shop, ['--json']);
  const screen = await openRecordedScreen(shop);
  const { client } = screen;
  const { person } = await client.people.save({ name: 'Office', initials: 'OF', role: 'manager', pin: right.secret });
  for (let tries = 1; tries <= 6; tries += 1) await client.people.signIn({ person: person.id, pin: wrong.secret });
  await expect(client.people.signIn({ person: person.id, pin: `${right.secret}x` })).rejects.toThrow(
    'must have 4 to 12',
  );
  await station.client.people.save({ ...person, pin: changed.secret });
  expect(await client.people.signIn({ person: person.id, pin: changed.secret })).toMatchObject({ kind: 'signedIn' });
  await client.people.list({});

  const outputs: string[] = [];
  for (const args of [
    ['people'],
    ['status'],
    ['backup', join(shop.root, 'copy.db')],
    ['support-bundle', join(shop.root, 'support.json')],
  ]) {
    const { exitCode, out, err } = await startCommand(shop, args).ended;
    expect({ args, exitCode }).toEqual({ args, exitCode: 0 });
    outputs.push(out, err);
  }
  const hashes = valuesOf(shop.dataFolder, 'SELECT pin_hash FROM people').map((hash) => ({
    name: 'hash',
    secret: String(hash),
  }));
  expect(hashes.map(({ secret }) => secret)).toEqual([expect.stringMatching(/^scrypt\$15\$8\$3\$/)]);

  const whileRunning = await canariesBelow(shop.root, pins, new Set());
  await station.stop();
  outputs.push(station.output());
  const afterwards = await canariesBelow(shop.root, pins, new Set());
  expect(whileRunning.searched).toEqual(
    expect.arrayContaining(['copy.db', 'support.json', expect.stringMatching(/platen\.db-wal$/)]),
  );
  expect(whileRunning.searched).toEqual(expect.arrayContaining([expect.stringMatching(/logs\/platen\.log$/)]));
  expect([...whileRunning.found, ...afterwards.found]).toEqual([]);
  const withHashes = (await canariesBelow(shop.root, hashes, new Set())).found.map((found) => found.split(':', 1)[0]);
  expect(withHashes.filter((path) => !/(?:platen|copy|platen-[\d-]+)\.db$/.test(path ?? ''))).toEqual([]);
  expect(withHashes, 'the search finds what is there').toContain('copy.db');

  const secrets = [...pins, ...hashes];
  expect(screen.received.flatMap((message) => canariesIn(message, secrets))).toEqual([]);
  expect(outputs.flatMap((output) => canariesIn(output, secrets))).toEqual([]);
});
