import { expect, test } from 'vitest';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { integrityOf, rowCounts } from '../support/scenario-database.ts';
import { type Posted, postDocument } from '../support/scenario-post.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { everyOrder } from '../support/scenario-views.ts';

const xmlWithDtd = (xml: string): string =>
  xml
    .replace(/^(<\?xml[^>]*\?>)?/u, '$1<!DOCTYPE order [<!ENTITY secret SYSTEM "file:///etc/passwd">]>')
    .replace('<title>', '<title>&secret;');

const healthOf = async (intakeBase: string): Promise<number> => (await fetch(`${intakeBase}/health`)).status;

test('Invalid JSON, XML with a DTD, a 20 MB body, a wrong key, an unknown connection, a missing item id: 400, 400, 413, 401, 404, 400, each with one clear line; nothing stored, nothing crashes', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const { client, intakeUrl, intakeBase, unexpected } = await startStation(shop);
  const order = makeOrder({ number: 1 });
  const json = await sandbox.document(order);
  const xml = await sandbox.document(order, 'xml-2.1');
  const elsewhere = intakeUrl.replace(/cp$/u, 'elsewhere');
  const large = { ...json, body: json.body.replace('"order"', `"padding":"${'x'.repeat(20_000_000)}","order"`) };
  const itemless = { ...json, body: json.body.replace(/"items":\[\{"id":"\d+",/u, '"items":[{') };
  const wrongKey = await sandbox.document(order, 'json-2.2', 'not-the-key-of-this-shop');

  /** All but the settings, where the station notes now and then that it runs. */
  const storedRows = () => ({ ...rowCounts(shop.dataFolder), settings: null });
  const before = storedRows();
  const refusals: readonly (readonly [string, number, RegExp, () => Promise<Posted>])[] = [
    ['cut off JSON', 400, /not valid JSON/u, () => postDocument(intakeUrl, { ...json, body: json.body.slice(0, -20) })],
    ['no JSON', 400, /JSON|XML|document/u, () => postDocument(intakeUrl, { ...json, body: 'hello' })],
    ['an empty body', 400, /empty/u, () => postDocument(intakeUrl, { ...json, body: '' })],
    ['a DTD', 400, /DTD|DOCTYPE/u, () => postDocument(intakeUrl, { ...xml, body: xmlWithDtd(xml.body) })],
    ['20 MB', 413, /too large/u, () => postDocument(intakeUrl, large)],
    ['20 MB of no known length', 413, /too large/u, () => postDocument(intakeUrl, large, { chunked: true })],
    ['a wrong key', 401, /key/u, () => postDocument(intakeUrl, wrongKey)],
    ['an unknown connection', 404, /no such connection/u, () => postDocument(elsewhere, json)],
    ['a missing item id', 400, /item 1 has no id/u, () => postDocument(intakeUrl, itemless)],
  ];
  for (const [what, status, line, post] of refusals) {
    const answer = await post();
    expect(answer, what).toMatchObject({ status, contentType: expect.stringMatching(/^text\/plain/u) });
    expect(answer.text, what).toMatch(line);
    expect(answer.text, what).toMatch(/^[^\n]{5,200}\n$/u);
    expect(answer.text, what).not.toContain(sandbox.orderKey);
    expect(storedRows(), what).toEqual(before);
    expect(await healthOf(intakeBase), what).toBe(200);
  }

  // The very same document without its fault is stored.
  expect(await postDocument(intakeUrl, json)).toMatchObject({ status: 200, text: 'stored\n' });
  expect(rowCounts(shop.dataFolder)).toMatchObject({ orders: 1, items: 1, files: 2 });
  expect((await everyOrder(client)).map(({ externalId }) => externalId)).toEqual([order.id]);
  expect(unexpected).toEqual([]);
  expect(integrityOf(shop.dataFolder)).toBe('ok');
});
