import { join } from 'node:path';
import fc from 'fast-check';
import { ConfigError, parseConfig } from '../../../main/core/config/config-file.ts';
import { resolveConnections } from '../../../main/core/config/declared-connections.ts';
import { createPlatforms } from '../../../main/core/platforms/platforms.ts';
import { type FuzzTarget, insist, openFuzz } from '../fuzz-target.ts';
import { anyBytes, mutatedBytes } from '../mutate/bytes.ts';
import { mutatedJson } from '../mutate/json.ts';

const secret = 'the-secret-that-no-line-may-show';

const example = {
  name: 'Floor A',
  intake: { host: '127.0.0.1', port: 8750, publicUrl: 'https://floor.example.com', enabled: true },
  files: { folder: 'files', nameTemplate: '{order}_{item}_{role}', concurrency: 4, keepDaysAfterShipped: 30 },
  signals: { undoSeconds: 15 },
  hotFolders: [
    {
      id: 'indigo',
      name: 'HP Indigo',
      path: '/mnt/rip/indigo',
      mode: 'auto',
      accepts: { platforms: ['cloudprinter'], roles: ['book', 'product'] },
    },
  ],
  connections: [
    { id: 'cp', platform: 'cloudprinter', orderKey: secret, signalKey: { env: 'KEY' }, timeZone: 'Europe/Copenhagen' },
    { id: 'px', platform: 'printess', serviceToken: secret, origin: 'Floor', rate: { requests: 30, perSeconds: 60 } },
    { id: 'pa', platform: 'printapi', baseUrl: 'https://live.printapi.nl/v2/', clientId: 'a', clientSecret: secret },
    { id: 'cc', platform: 'customerscanvas', clientId: 'a', clientSecret: { file: 'secret.txt' }, storefrontId: 42 },
  ],
};
const exampleText = JSON.stringify(example, null, 2);

/** A config file is read, or refused in one line that shows no secret. */
export const configFiles: FuzzTarget = {
  name: 'config files',
  runsInTests: 200,
  open: async (folder) => {
    const path = join(folder, 'platen.json');
    const texts = fc.oneof(
      { weight: 6, arbitrary: mutatedJson(example) },
      { weight: 2, arbitrary: mutatedBytes([Buffer.from(exampleText)]).map((bytes) => bytes.toString()) },
      { weight: 1, arbitrary: anyBytes.map((bytes) => bytes.toString()) },
    );
    return openFuzz(texts, async (text) => {
      try {
        const config = parseConfig(text, path);
        await resolveConnections(config, createPlatforms(), { environment: { KEY: secret }, configPath: path });
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        insist(!/[\n\r]/u.test(error.message), `more than a line: ${error.message}`);
        insist(!error.message.includes(secret), `the secret is shown: ${error.message}`);
      }
    });
  },
};
