import { Agent, request } from 'node:http';
import { benchOrderKey } from './bench-station.ts';

/** What the items of a posted order are to be printed from. */
export interface BenchFile {
  readonly url: string;
  readonly md5: string;
  readonly bytes: number;
}

const itemsPerOrder = 3;
const nowhere: BenchFile = {
  url: 'http://127.0.0.1:9/nothing.pdf',
  md5: '23fca58c548ac7b5459f951b54848c92',
  bytes: 25,
};

/** A JSON 2.2 order with so many items, one file each. */
const benchOrder = (number: number, itemCount = itemsPerOrder, file = nowhere): string => {
  const id = String(900_000_000_000 + number * 10_000);
  return JSON.stringify({
    order: {
      apikey: benchOrderKey,
      id,
      date: '2026-03-02 09:15:00',
      priority: '2',
      shipping_date: '2026-03-04 17:00:00',
      creator: { id: 1, name: 'Cloudprinter.com', version: '2.2', date: '2026-03-02 09:15:02' },
      client: { id: 42, name: 'Fjord Books', date: '2026-03-02 09:10:00', reference: `FB-${number}` },
      shipping: { method: 'ups_international_standard', consignor: 'Fjord Books' },
      addresses: [
        { type: 'delivery', name: 'Ann Example', street1: 'Testgade 1', zip: '2100', city: 'Kobenhavn', country: 'DK' },
      ],
      items: Array.from({ length: itemCount }, (_, index) => ({
        id: String(900_000_000_000 + number * 10_000 + index + 1),
        count: '3',
        title: 'Poster',
        product: 'poster_a3_p_fc',
        desc: 'Poster A3',
        pages: '1',
        files: [
          {
            type: 'product',
            format: 'pdf',
            url: `${file.url}?${id}-${index + 1}`,
            md5sum: file.md5,
            size: String(file.bytes),
          },
        ],
        options: [{ option: 'paper_170mcs', desc: '170 g silk', count: '1', type: 'type_main_paper' }],
      })),
    },
  });
};

const post = (agent: Agent, url: string, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });

/** A way to post orders with one item one by one; closed, it lets its connections go. */
export const createOrderPoster = (url: string, file: BenchFile) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  return {
    post: (number: number): Promise<number> => post(agent, url, benchOrder(number, 1, file)),
    close: (): void => agent.destroy(),
  };
};

export interface PostedOrders {
  readonly seconds: number;
  /** One for each order, sorted. */
  readonly latenciesMs: readonly number[];
}

/** Posts orders with this many at once. Throws when one is not answered 200. */
export const postOrders = async (url: string, first: number, count: number, atOnce: number): Promise<PostedOrders> => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const latenciesMs: number[] = [];
  let next = first;
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    while (next < first + count) {
      const body = benchOrder(next);
      next += 1;
      const sentAt = performance.now();
      const status = await post(agent, url, body);
      if (status !== 200) throw new Error(`an order was answered ${status}`);
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return { seconds, latenciesMs: latenciesMs.toSorted((left, right) => left - right) };
};
