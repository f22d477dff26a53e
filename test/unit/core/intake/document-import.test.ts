import { expect, it } from 'vitest';
import type { IncomingOrder } from '../../../../main/core/domain/incoming-order.ts';
import { importDocument } from '../../../../main/core/intake/document-import.ts';
import { createCloudprinter } from '../../../../main/core/platforms/cloudprinter/platform.ts';
import {
  type CloudprinterSettings,
  defaultSettings,
  settingsSchema,
} from '../../../../main/core/platforms/cloudprinter/settings.ts';
import { exampleJson, exampleKey, exampleXml } from '../platforms/cloudprinter/example-documents.ts';

const { documents } = createCloudprinter();
if (documents === undefined) throw new Error('Cloudprinter posts documents');

const importing = async (document: string, settings: CloudprinterSettings = defaultSettings) => {
  const accepted: IncomingOrder[] = [];
  const accept = async (order: IncomingOrder) => {
    accepted.push(order);
    return { orderId: 7, outcome: 'stored' as const };
  };
  return { result: await importDocument(documents, settings, document, accept), accepted };
};

it('a document is imported whatever its key, and kept without it', async () => {
  for (const document of [
    exampleJson,
    exampleXml,
    exampleJson.replace(exampleKey, 'a wrong key'),
    `\ufeff${exampleXml}`,
  ]) {
    const { result, accepted } = await importing(document);
    expect(result).toEqual({ kind: 'imported', orderId: 7, outcome: 'stored', externalId: accepted[0]?.externalId });
    expect(JSON.stringify(accepted)).not.toMatch(/EXAMPLE1|a wrong key/);
  }
  expect((await importing(exampleJson.replace('"apikey"', '"note"'))).accepted).toHaveLength(1);
});

it('what is no order is refused in one line, and nothing is accepted', async () => {
  for (const [document, message] of [
    ['', 'the body is empty'],
    ['hello', 'the body is neither JSON nor XML'],
    ['{"order":', 'the body is not valid JSON (it ends too early)'],
    ['<order><id>1</id></order>', 'the order has no items'],
  ] as const) {
    expect(await importing(document)).toEqual({ result: { kind: 'refused', message }, accepted: [] });
  }
});

it('the zone of the connection holds for an imported document too', async () => {
  const { accepted } = await importing(exampleJson, settingsSchema.parse({ timeZone: 'Europe/Copenhagen' }));
  expect(accepted[0]?.shipByMs).toBe(Date.parse('2026-03-04T16:00:00Z'));
});

it('an order that cannot be stored is an error of the store', async () => {
  const full = () => Promise.reject(new Error('the disk is full'));
  await expect(importDocument(documents, defaultSettings, exampleJson, full)).rejects.toThrow('the disk is full');
});
