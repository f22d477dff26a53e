import { createPrintApiSandbox } from '../../sandbox/printapi/sandbox.ts';
import { check, sweep, test } from './acts.ts';
import { knownJob, minuteMs, type Scene, sceneNowMs } from './scene.ts';

const address = { name: 'Ada', line1: 'Kade 1', postCode: '1011 AB', city: 'Amsterdam', country: 'NL' } as const;
const files = { content: { downloadUrl: 'https://files.example/book.pdf' } } as const;

/** Orders that are shipped, that lack a file, and that wait for their payment. */
export const openPrintApiScene = async (): Promise<Scene> => {
  const sandbox = await createPrintApiSandbox({ nowMs: () => sceneNowMs });
  const items = [
    { productId: 'boek_hc_a4_sta', quantity: 2, pageCount: 40, files },
    { productId: 'poster_a2', quantity: 1, files },
  ];
  const placedAtMs = sceneNowMs - 2 * minuteMs;
  const shipped = await sandbox.place({ items, placedAtMs, metadata: 'SO-1', email: 'ada@example.org', address });
  await sandbox.setStatus(shipped.id, 'Shipped', { trackingUrl: 'https://post.example/3S123' });
  const lacking = await sandbox.place({ items, placedAtMs, payment: 'Successful', address });
  await sandbox.setFile(lacking.id, lacking.items[0]?.id ?? '', 'content', 'DownloadFailed');
  const unpaid = await sandbox.place({ items, placedAtMs, payment: 'Open', express: true });
  return {
    platform: 'printapi',
    addresses: [new URL(sandbox.baseUrl).origin],
    settings: { baseUrl: sandbox.baseUrl, clientId: sandbox.clientId, allowPrivateAddresses: true },
    secrets: { clientSecret: sandbox.clientSecret },
    acts: [
      sweep('recent'),
      sweep('everything'),
      check(knownJob(shipped.id)),
      check(knownJob(lacking.id)),
      check(knownJob(unpaid.id)),
      check(knownJob('0NO-SUCH')),
      test,
    ],
    stop: () => sandbox.stop(),
  };
};
