import { seededRandom } from '../../../main/training/random/seeded-random.ts';
import type { PrintApiOrder } from '../printapi/order.ts';
import type { PrintApiSandbox } from '../printapi/sandbox.ts';
import { wait } from '../wait.ts';
import type { Activity } from './activity.ts';

const PRODUCTS = ['poster_a3_sta', 'flyer_a5', 'canvas_50x70', 'photobook_a4_hor'] as const;
const BUYERS = ['A. Tester', 'B. Voorbeeld', 'C. Beispiel'] as const;
const FAILS_EVERY = 4;

/** An order is printed this long after it was placed, and shipped this long after that. */
const PRINTED_AFTER_MS = 25_000;
const SHIPPED_AFTER_MS = 65_000;
const DOWNLOAD_FAILS_AFTER_MS = 10_000;

/** An order that goes from Created by Processing to Shipped; now and then its file cannot be fetched. */
export function createPrintApiActivity(sandbox: PrintApiSandbox, stopped: AbortSignal): Activity {
  const random = seededRandom('print api activity');
  let count = 0;

  async function goOn({ id }: PrintApiOrder, fails: boolean): Promise<void> {
    await wait(fails ? DOWNLOAD_FAILS_AFTER_MS : PRINTED_AFTER_MS, stopped);
    if (stopped.aborted) return;
    await sandbox.setFile(id, '00001', 'content', fails ? 'DownloadFailed' : 'Accepted');
    if (fails) return;
    await sandbox.setStatus(id, 'Processing');
    await wait(SHIPPED_AFTER_MS, stopped);
    if (!stopped.aborted) {
      await sandbox.setStatus(id, 'Shipped', { trackingUrl: `https://carrier.example/track/${id}` });
    }
  }

  return async () => {
    count += 1;
    const fails = count % FAILS_EVERY === 2;
    const order = await sandbox.place({
      metadata: `Web shop ${3100 + count}`,
      address: { name: random.pick(BUYERS), line1: 'Straat 1', postCode: '1000 AA', city: 'Stad', country: 'NL' },
      items: [
        {
          productId: random.pick(PRODUCTS),
          quantity: 1 + random.below(20),
          files: { content: { downloadUrl: `https://shop.example/files/${3100 + count}.pdf` } },
        },
      ],
    });
    void goOn(order, fails);
    return `order ${order.id} was placed${fails ? ', whose file cannot be fetched' : ''}`;
  };
}
