import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { postDocument } from '../support/scenario-post.ts';
import { openShop, type Shop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { everyOrder, filesOfOrder } from '../support/scenario-views.ts';

/** Written from Microsoft's page "Naming Files, Paths, and Namespaces", apart from the code under test. */
const complaintOf = (name: string): string | null => {
  const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/iu;
  const beforeDot = (name.split('.')[0] ?? '').trimEnd();
  if (name === '') return 'empty';
  if (name === '.' || name === '..') return 'a way up';
  if (!name.isWellFormed()) return 'half a character';
  if (/[<>:"/\\|?*]/u.test(name)) return 'a forbidden character';
  if (/\p{Cc}/u.test(name)) return 'a control';
  if (/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(name)) return 'an unseen character';
  if (name.endsWith('.') || name.endsWith(' ')) return 'a dot or space at the end';
  if (name.startsWith(' ')) return 'a space at the beginning';
  if (device.test(beforeDot)) return 'a device';
  if (name.length > 255 || Buffer.byteLength(name) > 255) return 'too long';
  return null;
};

/** What a platform, or somebody in its name, may put where a name is made from. */
const hostile = [
  '../../../../etc/passwd',
  '..\\..\\Windows\\system32',
  '/absolute/path',
  'C:\\autoexec',
  '\\\\server\\share',
  '..',
  '.',
  'CON',
  'con.pdf',
  'NUL.',
  'COM1',
  'lpt9.txt',
  'AUX   ',
  'x'.repeat(200),
  'ä'.repeat(190),
  '👩‍👩‍👧‍👦'.repeat(18),
  '📕 book 🖨️',
  'trailing dots...',
  'trailing space ',
  '   leading',
  'a<b>c:d"e|f?g*h',
  'tab\tand\u0007bell',
  'right\u202eto left fdp.exe',
  'zero\u200bwidth',
  'half \ud83d character',
  'stream:$DATA',
  '%2e%2e%2fencoded',
  '$(rm -rf ~)',
  '~',
  '-rf',
  'same?name',
  'same*name',
  'SAME-NAME',
  '.hidden',
  'desktop.ini',
  '\u0000nul\u0000',
] as const;

/** Formats, some of which would be run by a double click. */
const formats = ['pdf', 'exe', '../../x', 'p'.repeat(300), '', 'application/pdf', 'PDF\n.lnk', 'con', '.part'] as const;

/** As much of a document as is changed. */
const documentSchema = z.looseObject({
  order: z.looseObject({
    id: z.string(),
    client: z.looseObject({ name: z.string() }),
    items: z.array(
      z.looseObject({
        id: z.string(),
        title: z.string(),
        product: z.string(),
        files: z.tuple([z.looseObject({ type: z.string(), format: z.string() })]),
      }),
    ),
  }),
});

/** The document of an ordinary order with hostile words put in all places that a name is made from. */
const hostileDocument = async ({ sandbox }: Shop, number: number, word: string) => {
  const order = makeOrder({ number, items: [{ product: 'poster' }, { product: 'flyer' }] });
  const { body, contentType } = await sandbox.document(order);
  const document = documentSchema.parse(JSON.parse(body));
  const long = word.repeat(Math.ceil(300 / word.length));
  document.order.id = word;
  document.order.client.name = word;
  for (const [index, item] of document.order.items.entries()) {
    item.id = index === 0 ? word : `${word.slice(0, 150)}/${index}`;
    item.title = long;
    item.product = word;
    const [file] = item.files;
    file.type = index === 0 ? 'product' : word;
    file.format = formats[(number + index) % formats.length] ?? '';
  }
  return { id: word, contentType, body: JSON.stringify(document) };
};

test('File names from hostile order data (../, CON, 300 characters, emoji, trailing dots) are safe on Windows and never leave the folder', async () => {
  const shop = await openShop({
    config: { files: { nameTemplate: '{title}_{order}_{item}_{product}_{role}_{copies}x', concurrency: 8 } },
  });
  const outside = join(shop.root, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'untouched.txt'), 'as it was');
  const rootBefore = (await readdir(shop.root)).toSorted();
  const { client, intakeUrl, unexpected } = await startStation(shop);

  for (const [index, word] of hostile.entries()) {
    const document = await hostileDocument(shop, index + 1, word);
    const answer = await postDocument(intakeUrl, document);
    expect(answer, word).toMatchObject({ status: 200, text: 'stored\n' });
  }
  const tooLong = await hostileDocument(shop, 999, 'x'.repeat(300));
  expect(await postDocument(intakeUrl, tooLong)).toMatchObject({
    status: 400,
    text: 'the order has an id longer than 200 characters\n',
  });
  const fileCount = hostile.length * 2;
  const orders = await until(
    'every file is in the hot folder',
    async () => {
      const { handovers } = await client.hotFolders.list({});
      return handovers.filter(({ state }) => state === 'sent').length === fileCount ? everyOrder(client) : null;
    },
    { withinMs: 25_000, everyMs: 50 },
  );
  const files = orders.flatMap(filesOfOrder);
  expect(files).toHaveLength(fileCount);
  expect(files.every(({ state }) => state === 'ready')).toBe(true);

  // What the disk says, not what the station says of it.
  const found = await readdir(shop.filesFolder, { recursive: true, withFileTypes: true });
  const onDisk = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  expect(onDisk.toSorted()).toEqual(files.map(({ path }) => path ?? '').toSorted());
  for (const path of onDisk) {
    expect(path.startsWith(shop.filesFolder + sep), path).toBe(true);
    const parts = path.slice(shop.filesFolder.length + 1).split(sep);
    expect(parts, path).toHaveLength(3);
    for (const part of parts) expect(complaintOf(part), path).toBeNull();
    expect(path, 'nothing that a double click would run').not.toMatch(/\.(exe|lnk|part|ini|cmd|bat)$/iu);
  }
  const inHotFolder = await readdir(shop.hotFolder, { withFileTypes: true });
  expect(inHotFolder.every((entry) => entry.isFile())).toBe(true);
  expect(inHotFolder).toHaveLength(fileCount);
  for (const { name } of inHotFolder) expect(complaintOf(name), name).toBeNull();
  // No two that a file system without upper and lower case would take for one.
  for (const paths of [onDisk, inHotFolder.map(({ name }) => name)]) {
    expect(new Set(paths.map((path) => path.normalize('NFC').toLowerCase())).size).toBe(fileCount);
  }

  // Beside the station's own folder nothing has come to be, and nothing has changed.
  expect((await readdir(shop.root)).toSorted()).toEqual([...rootBefore, 'station'].toSorted());
  expect((await stat(join(outside, 'untouched.txt'))).size).toBe('as it was'.length);
  expect(await readdir(outside)).toEqual(['untouched.txt']);

  // The platform is still told of its items by its own words for them.
  const told = new Set(shop.sandbox.ledger.ofKind('signal').map(({ order }) => order));
  for (const word of ['../../../../etc/passwd', 'CON', 'trailing dots...']) expect(told).toContain(word);
  expect(unexpected).toEqual([]);
});

test('The checker of names itself finds what Windows refuses', () => {
  const refused = [
    'CON',
    'nul.pdf',
    'com1.tar.gz',
    'a.',
    'a ',
    ' a',
    'a:b',
    'a/b',
    '..',
    '',
    'x'.repeat(256),
    'a\u0007',
  ];
  expect(refused.filter((name) => complaintOf(name) === null)).toEqual([]);
  expect(['console.pdf', 'a.b.pdf', '📕.pdf', 'com10.pdf'].filter((name) => complaintOf(name) !== null)).toEqual([]);
});
