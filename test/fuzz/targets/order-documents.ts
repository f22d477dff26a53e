import fc from 'fast-check';
import { createCloudprinter } from '../../../main/core/platforms/cloudprinter/platform.ts';
import { type CloudprinterSettings, defaultSettings } from '../../../main/core/platforms/cloudprinter/settings.ts';
import type { OrderDocuments } from '../../../main/core/platforms/platform.ts';
import { exampleDocument, exampleKey, exampleXml } from '../../unit/core/platforms/cloudprinter/example-documents.ts';
import { type FuzzTarget, insist, openFuzz } from '../fuzz-target.ts';
import { anyBytes, mutatedBytes } from '../mutate/bytes.ts';
import { mutatedJson } from '../mutate/json.ts';
import { mutatedXml } from '../mutate/xml.ts';

const documentsOf = (): OrderDocuments<CloudprinterSettings> => {
  const { documents } = createCloudprinter();
  if (documents === undefined) throw new Error('Cloudprinter reads no documents');
  return documents;
};
const documents = documentsOf();

/** Both shapes of Cloudprinter's order document, and bytes that are neither. */
const documentBodies: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 5, arbitrary: mutatedJson(exampleDocument()).map((text) => Buffer.from(text)) },
  { weight: 4, arbitrary: mutatedXml(exampleXml).map((text) => Buffer.from(text)) },
  {
    weight: 1,
    arbitrary: mutatedBytes([Buffer.from(JSON.stringify(exampleDocument())), Buffer.from(exampleXml)]),
  },
  { weight: 1, arbitrary: anyBytes },
);

const contentTypes = fc.constantFrom('', 'application/json', 'text/xml', 'application/x-www-form-urlencoded');

/** An order or one line; of an order, nothing that the rest of the station could stumble over, and never the key. */
export const orderDocuments: FuzzTarget = {
  name: 'order documents',
  runsInTests: 250,
  open: async () =>
    openFuzz(fc.tuple(documentBodies, contentTypes), ([body, contentType]) => {
      const read = documents.read(body, contentType, defaultSettings);
      if (read.kind === 'unreadable') return insistLine(read.message);
      if (read.content.kind === 'invalid') return insistLine(read.content.message);
      const { order } = read.content;
      insist(order.items.length > 0, 'an order without items');
      insist(
        order.items.every(({ copies }) => Number.isSafeInteger(copies) && copies > 0),
        'copies that are no number',
      );
      insist(order.shipByMs === null || Number.isSafeInteger(order.shipByMs), 'a date that is none');
      if (read.key === exampleKey) insist(!JSON.stringify(order).includes(exampleKey), 'the key is in the order');
    }),
};

const insistLine = (line: string): void => insist(/^[^\p{Cc}]{3,300}$/u.test(line), `no clear line: ${line}`);
