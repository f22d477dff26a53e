import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Client } from '../../main/contract/contract.ts';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { type Canary, canariesBelow, canariesIn } from '../support/scenario-canary.ts';
import { startCommand } from '../support/scenario-command.ts';
import { postDocument } from '../support/scenario-post.ts';
import { startStationProcess } from '../support/scenario-process.ts';
import { openRecordedScreen } from '../support/scenario-recorder.ts';
import { startRip } from '../support/scenario-rip.ts';
import { openShop } from '../support/scenario-shop.ts';
import { until } from '../support/scenario-until.ts';
import { everyOrder, itemRefOf, untilOrder } from '../support/scenario-views.ts';

/** Not of hexadecimal digits, so that no rule about those hides them, and with what every way of writing escapes. */
const canary = (name: string): Canary => ({ name, secret: `Canary-${name}+/key="&<é§>-${name.length}` });
const orderKey = canary('order');
const signalKey = canary('signal');
const vaultOrderKey = canary('vaultOrder');
const vaultSignalKey = canary('vaultSignal');
const wrongKey = canary('wrong');
const canaries = [orderKey, signalKey, vaultOrderKey, vaultSignalKey, wrongKey];

/** Where keys are at home, well protected. */
const vaultFiles = new Set(['vault.key', 'vault.json']);

/** Asks for everything that the contract can be asked for. */
const readEverything = async (client: Client): Promise<void> => {
  await client.station.get({});
  await client.station.settings({});
  await client.connections.list({});
  await client.orders.list({});
  await client.files.list({ limit: 1000 });
  await client.hotFolders.list({});
  for (const { id } of await everyOrder(client)) await client.orders.get({ order: id });
  const { signals } = await client.outbox.list({ limit: 1000 });
  for (const { id } of signals) await client.outbox.get({ id });
};

test('Signal and order keys are in no log, event, support output, renderer message or --json output', {
  timeout: 120_000,
}, async () => {
  const shop = await openShop({ sandbox: { orderKey: orderKey.secret, signalKey: signalKey.secret } });
  const { sandbox } = shop;
  await startRip(shop.hotFolder);
  const outputs: string[] = [];
  const station = await startStationProcess(shop, ['--json']);
  const { intakeUrl, intakeBase } = station;
  const screen = await openRecordedScreen(shop);
  const { client } = screen;
  const watching = startCommand(shop, ['watch']);

  // Orders of all kinds, and documents that hold the key where it does not belong.
  const orders = [
    makeOrder({ number: 1, items: [{ product: 'book' }], unknownKeys: { note: `our key is ${orderKey.secret}` } }),
    makeOrder({ number: 2, items: [{ product: 'poster', title: `Key ${orderKey.secret}` }] }),
    makeOrder({ number: 3, items: [{ product: 'flyer' }], clientReference: orderKey.secret }),
  ] as const;
  const [first, second, third] = orders;

  // The platform echoes the key that it was sent, in every way that it may.
  const echoes = [
    { status: 401, message: `apikey ${signalKey.secret} is not known` },
    { status: 403, message: JSON.stringify({ apikey: signalKey.secret, order: orderKey.secret }) },
    { status: 500, message: `trace: ?apikey=${encodeURIComponent(signalKey.secret)}` },
    { status: 503, message: `Authorization: ${signalKey.secret}` },
  ];
  for (const { status, message } of echoes) {
    sandbox.signalKnobs.set({ match: { order: first.id }, times: 1, fault: { kind: 'status', status, message } });
  }
  const refusal = { kind: 'status', status: 400, message: `ItemProduced: apikey ${signalKey.secret} may not` } as const;
  sandbox.signalKnobs.set({ match: { type: 'ItemProduced' }, fault: refusal });

  for (const [index, order] of orders.entries()) {
    const delivery = await sandbox.post(order, { to: intakeUrl, format: index === 1 ? 'xml-2.1' : 'json-2.2' });
    expect(delivery.answer).toMatchObject({ kind: 'answered', status: 200 });
  }
  const document = await sandbox.document(first);
  const refused = [
    await sandbox.document(first, 'json-2.2', wrongKey.secret),
    await sandbox.document(first, 'xml-2.1', wrongKey.secret),
    { ...document, body: document.body.replace('"id"', 'id') },
    { ...document, body: document.body.slice(0, document.body.indexOf('"date"')) },
    { ...document, body: document.body.replace('"items":[', `"items":[{"id":${JSON.stringify(orderKey.secret)}},`) },
    { ...document, body: document.body.replace('"apikey":', '"apikey":[').replace('","id"', '"],"id"') },
  ];
  for (const each of refused) {
    const answer = await postDocument(intakeUrl, each);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    outputs.push(answer.text);
  }
  // A changed repeat is kept as a revision, with its document.
  const changed = { ...document, body: document.body.replace('"count":"1"', '"count":"7"') };
  expect(await postDocument(intakeUrl, changed)).toMatchObject({ status: 200, text: 'revision\n' });

  // A connection whose keys come over the contract and lie in the vault; the platform refuses its signal key.
  const settings = { signalUrl: sandbox.signalUrl, allowPrivateAddresses: true };
  const secrets = { orderKey: vaultOrderKey.secret, signalKey: vaultSignalKey.secret };
  await client.connections.save({ id: 'cp2', platform: 'cloudprinter', settings, secrets });
  for (const wrong of [
    { settings: { ...settings, ...secrets }, secrets: {} },
    { settings, secrets: { apiKey: wrongKey.secret } },
    { settings: { ...settings, signalUrl: vaultSignalKey.secret }, secrets: {} },
  ]) {
    await expect(client.connections.save({ id: 'cp3', platform: 'cloudprinter', ...wrong })).rejects.toThrow();
  }
  const toVault = await sandbox.document(makeOrder({ number: 4 }), 'json-2.2', vaultOrderKey.secret);
  expect(await postDocument(`${intakeBase}/in/cp2`, toVault)).toMatchObject({ status: 200 });
  await sandbox.ledger.waitFor('signal', ({ key }) => key === 'wrong');

  // The alarms of the echoes are resumed by a person until the platform is content.
  await until('all items of cp are registered', async () => {
    await client.connections.resume({ id: 'cp' });
    return orders.every((order) => order.items.every(({ id }) => sandbox.acceptedTypes(id).length > 0));
  });
  for (const order of orders) await untilOrder(client, order, 'is at the RIP', ({ stage }) => stage === 'pickedUp');
  await client.items.signal({ item: itemRefOf(first, 1), signal: { kind: 'produced' } });
  await client.items.signal({
    item: itemRefOf(third, 1),
    signal: { kind: 'error', text: 'The press stands still', delayHours: 4 },
  });
  await client.orders.ship({ order: `cp:${first.id}`, tracking: '1Z-KEYS' });
  await sandbox.ledger.waitFor('signal', ({ type, accepted }) => type === 'ItemShipped' && accepted);
  const { signals } = await client.outbox.list({ states: ['problem'] });
  expect(signals.map(({ platformName }) => platformName)).toEqual(['ItemProduced']);
  await client.connections.test({ id: 'cp' });
  await client.connections.test({ id: 'cp2' });

  // Everything that a person can ask for, on the screen and at the command line.
  await readEverything(client);
  const copies = join(shop.root, 'copies');
  await mkdir(copies);
  await writeFile(join(copies, 'order.json'), (await sandbox.document(makeOrder({ number: 5 }))).body);
  await writeFile(join(copies, 'broken.json'), document.body.replace('"id"', 'id'));
  const commands: readonly (readonly string[])[] = [
    ['status'],
    ['connections'],
    ['orders'],
    ['files'],
    ['outbox'],
    ['hotfolders'],
    ['handovers'],
    ...orders.map(({ id }) => ['order', `cp:${id}`]),
    ['test', 'cp'],
    ['test', 'cp2'],
    ['import', join(copies, 'order.json'), '--connection', 'cp'],
    ['import', join(copies, 'broken.json'), '--connection', 'cp'],
    ['hold', itemRefOf(second, 1), '--note', 'a note'],
    ['resume', itemRefOf(second, 1)],
    ['retry', '--all-problems'],
    ['pause-connection', 'cp2'],
    ['resume-connection', 'cp2'],
    ['backup', join(shop.root, 'copy.db')],
    ['support-bundle', join(shop.root, 'support.json')],
  ];
  const failed: string[] = [];
  for (const args of commands) {
    const { exitCode, out, err } = await startCommand(shop, args).ended;
    if (exitCode !== 0) failed.push(args.join(' '));
    outputs.push(out, err);
  }
  expect(failed.filter((line) => !line.startsWith('import') && !line.startsWith('test'))).toEqual([]);
  watching.interrupt();
  const watched = await watching.ended;
  outputs.push(watched.out, watched.err, await (await fetch(`${intakeBase}/health`)).text());

  // While it runs, with what only the write-ahead log has, and after its end.
  const whileRunning = await canariesBelow(shop.dataFolder, canaries, vaultFiles);
  await station.stop();
  outputs.push(station.output());
  const afterwards = await canariesBelow(shop.dataFolder, canaries, vaultFiles);
  expect(whileRunning.searched).toEqual(
    expect.arrayContaining(['platen.db', 'platen.db-wal', 'station.json', 'logs/platen.log']),
  );
  expect(whileRunning.searched.some((path) => path.startsWith('backups/'))).toBe(true);
  expect([...whileRunning.found, ...afterwards.found]).toEqual([]);
  const outside = await canariesBelow(
    shop.root,
    canaries,
    new Set(['platen.json', 'order.json', 'broken.json', ...vaultFiles]),
  );
  expect(outside.searched).toEqual(expect.arrayContaining(['copy.db', 'support.json']));
  expect(outside.found).toEqual([]);
  expect(screen.received.flatMap((message) => canariesIn(message, canaries))).toEqual([]);
  expect(outputs.flatMap((output) => canariesIn(output, canaries))).toEqual([]);

  // They were all in play: the platform got the right key, and the wrong one; the search finds each where it is.
  const keys = new Set(sandbox.ledger.ofKind('signal').map(({ key }) => key));
  expect([...keys]).toEqual(expect.arrayContaining(['right', 'wrong']));
  expect(canariesIn(document.body, canaries)).toContain('order as JSON');
  expect(canariesIn(shop.configText, canaries).length).toBeGreaterThanOrEqual(2);
  expect(watched.out).toContain('orders.changed');
  expect(screen.received.length).toBeGreaterThan(50);
  expect(outputs.join('').length).toBeGreaterThan(10_000);
});

test('The search for keys finds a key in every form that it looks for', async () => {
  const shop = await openShop();
  const { secret } = signalKey;
  const forms = [
    secret,
    JSON.stringify({ key: secret }),
    JSON.stringify(JSON.stringify(secret)),
    encodeURIComponent(secret),
    new URLSearchParams({ key: secret }).toString(),
    Buffer.from(secret).toString('hex'),
    ...['', 'a', 'ab'].map((before) => Buffer.from(`${before}${secret}z`).toString('base64')),
  ];
  for (const form of forms) expect(canariesIn(`before ${form} after`, canaries).join()).toMatch(/signal as/u);
  await writeFile(join(shop.root, 'leak.log'), `a line with ${secret} in it`);
  const { found } = await canariesBelow(shop.root, [signalKey], new Set());
  expect(found).toContain('leak.log: signal as plain');
});
