import { setTimeout as delay } from 'node:timers/promises';
import { bytesContent, type FileContent, md5Of } from '../../../main/training/files/file-content.ts';
import { makeOrder } from '../../../main/training/orders/make-order.ts';
import { type CloudprinterOrder, filesOf } from '../../../main/training/orders/order.ts';
import { makePdf } from '../../../main/training/pdf/make-pdf.ts';
import { padPdf } from '../../../main/training/pdf/pad-pdf.ts';
import { type SeededRandom, seededRandom } from '../../../main/training/random/seeded-random.ts';
import type { WorkStep } from '../plan/plan.ts';
import { backendToken, type Ways } from '../platforms/ways.ts';
import type { StationRunner } from '../station/station-runner.ts';
import { type Message, post } from './post.ts';

/** An order that came, as its platform knows it. */
export interface ComingOrder {
  readonly connection: 'cp' | 'px' | 'pa' | 'cc';
  readonly externalId: string;
  readonly items: number | null;
  /** The items' ids there, where the platform gives them. */
  readonly itemIds: readonly string[];
  /** What it was announced with, for those who say it once more. */
  readonly message: (Message & { readonly path: string }) | null;
  /** The station knows of it for sure: it said so, or it finds it by itself. */
  known: boolean;
}

const sayAgainAfterMs = 250;
const smallestBytes = 30_000;
const backendHeaders = { 'content-type': 'application/json', authorization: `Bearer ${backendToken}` };
const templates = ['st:CARD', 'st:FLYER', 'st:BOOK'] as const;

/** Everything that comes from outside, and what became of it. */
export class ComingOrders {
  readonly #ways: Ways;
  readonly #runner: StationRunner;
  readonly #seed: number;
  readonly #artwork: Uint8Array;
  readonly #saying = new Set<Promise<void>>();
  #stopped = false;
  readonly all: ComingOrder[] = [];
  /** MD5s of what Cloudprinter and Customer's Canvas offer, by order. */
  readonly md5sOf = new Map<string, readonly string[]>();

  private constructor(ways: Ways, runner: StationRunner, seed: number, artwork: Uint8Array) {
    this.#ways = ways;
    this.#runner = runner;
    this.#seed = seed;
    this.#artwork = artwork;
  }

  static async open(ways: Ways, runner: StationRunner, seed: number): Promise<ComingOrders> {
    const artwork = await makePdf({
      seed: 'artwork',
      pageCount: 1,
      trimWidthMm: 148,
      trimHeightMm: 210,
      title: 'Artwork',
      lines: [],
    });
    const { px } = ways.platforms;
    px.setDocuments('st:BOOK', [
      { name: 'cover', pageCount: 1 },
      { name: 'inside', pageCount: 2 },
    ]);
    return new ComingOrders(ways, runner, seed, artwork);
  }

  /** An order comes. What has to be said to the station is said until it confirms it. */
  async come({ work, number }: WorkStep): Promise<void> {
    const random = seededRandom(`${this.#seed} order ${number}`);
    switch (work) {
      case 'document':
        return this.#document(number, random);
      case 'produce':
        return this.#produce(number, random);
      case 'backendOrder':
        return this.#backendOrder(number, random);
      case 'pluginOrder':
        return this.#pluginOrder(number, random);
      case 'canvasOrder':
        return this.#canvasOrder(number, random);
      case 'outsourced':
        return this.#outsourced(number, random);
    }
  }

  /** Says an old message once more. */
  async repeat(random: SeededRandom, connection: ComingOrder['connection']): Promise<void> {
    const old = this.all.filter((order) => order.connection === connection && order.message !== null);
    const order = old[random.below(old.length)];
    if (order?.message == null) return;
    await post(`${this.#ways.intakeUrl}${order.message.path}`, order.message);
  }

  /** Resolves when all that came is confirmed; nothing is said any more after `stop`. */
  async settled(): Promise<void> {
    await Promise.all(this.#saying);
  }

  stop(): void {
    this.#stopped = true;
  }

  get unsaid(): number {
    return this.#saying.size;
  }

  async #file(seed: string, sizeBytes: number): Promise<FileContent> {
    const content = padPdf(this.#artwork, this.#artwork.byteLength + sizeBytes, seed);
    return bytesContent(Buffer.concat([...content.read(0, content.sizeBytes)]));
  }

  #say(order: ComingOrder, once: () => Promise<boolean>): void {
    this.all.push(order);
    const saying = this.#untilTrue(once).then((confirmed) => {
      if (confirmed) order.known = true;
      this.#saying.delete(saying);
    });
    this.#saying.add(saying);
  }

  async #untilTrue(once: () => Promise<boolean>): Promise<boolean> {
    while (!this.#stopped) {
      if (await once()) return true;
      await delay(sayAgainAfterMs);
    }
    return false;
  }

  #sayByPost(order: ComingOrder): void {
    const { message } = order;
    if (message === null) return;
    const url = `${this.#ways.intakeUrl}${message.path}`;
    this.#say(order, async () => [200, 202].includes((await post(url, message)) ?? 0));
  }

  async #document(number: number, random: SeededRandom): Promise<void> {
    const { cp } = this.#ways.platforms;
    const items = await Promise.all(
      Array.from({ length: 1 + random.below(2) }, async (_, at) => {
        const product = random.pick(['book', 'poster', 'flyer']);
        const size = smallestBytes + random.below(random.next() < 0.1 ? 3_000_000 : 150_000);
        const of = (role: string) => this.#file(`${this.#seed} ${number} ${at} ${role}`, size);
        return product === 'book'
          ? { product, content: { cover: await of('cover'), book: await of('book') } }
          : { product, content: { product: await of('product') } };
      }),
    );
    const order: CloudprinterOrder = makeOrder({ number, items });
    const format = random.pick(['json-2.2', 'json-2.2', 'xml-2.1']);
    const { body, contentType } = await cp.document(order, format);
    this.md5sOf.set(
      order.id,
      filesOf(order).map(({ path }) => cp.shelf.get(path)?.md5 ?? ''),
    );
    this.#sayByPost({
      connection: 'cp',
      externalId: order.id,
      items: order.items.length,
      itemIds: order.items.map(({ id }) => id),
      message: { path: '/in/cp', body: this.#ways.rewrite(body), headers: { 'content-type': contentType } },
      known: false,
    });
  }

  #produce(number: number, random: SeededRandom): void {
    const externalId = `TP-${number}`;
    const line = { template: random.pick(templates), order: externalId, copies: 1 + random.below(9), title: '' };
    const order: ComingOrder = { connection: 'px', externalId, items: 1, itemIds: [], message: null, known: false };
    this.#say(order, async () => {
      const { link } = this.#runner;
      if (link === null) return false;
      return link.client.jobs.produce({ connection: 'px', lines: [line] }).then(
        () => true,
        // An answer that was lost is one that was given: the line is there already.
        (error: unknown) => String(error).includes('already'),
      );
    });
  }

  #backendOrder(number: number, random: SeededRandom): void {
    const externalId = `TB-${number}`;
    const lines = [{ template: random.pick(templates), copies: 1 + random.below(9), line: '1' }];
    const body = JSON.stringify({ order: externalId, lines });
    const message = { path: '/in/px/orders', body, headers: backendHeaders };
    this.#sayByPost({ connection: 'px', externalId, items: 1, itemIds: [], message, known: false });
  }

  #pluginOrder(number: number, random: SeededRandom): void {
    const externalId = `WC-${number}`;
    this.#ways.platforms.px.startOrder({
      origin: 'WC shop',
      externalOrderId: externalId,
      lines: [{ templateName: random.pick(templates) }],
    });
    this.all.push({ connection: 'px', externalId, items: 1, itemIds: [], message: null, known: true });
  }

  async #canvasOrder(number: number, random: SeededRandom): Promise<void> {
    const externalId = String(50_000 + number);
    const md5s: string[] = [];
    const projects = await Promise.all(
      Array.from({ length: 1 + random.below(2) }, async (_, at) => {
        const content = await this.#file(`${this.#seed} ${number} ${at} canvas`, smallestBytes + random.below(90_000));
        const fails = random.next() < 0.15 ? { failsWith: 'The font Example Sans is missing' } : {};
        md5s.push(await md5Of(content));
        return { items: [{ files: [{ kind: 'print' as const, content }] }], ...fails };
      }),
    );
    this.md5sOf.set(externalId, md5s);
    this.#ways.platforms.cc.place({ orderId: externalId, projects });
    const order = { connection: 'cc', externalId, items: projects.length, itemIds: [] } as const;
    if (random.next() < 0.5) this.all.push({ ...order, message: null, known: true });
    else {
      const message = {
        path: '/in/cc/orders',
        body: JSON.stringify({ order: externalId }),
        headers: backendHeaders,
      };
      this.#sayByPost({ ...order, message, known: true });
    }
  }

  async #outsourced(number: number, random: SeededRandom): Promise<void> {
    const { pa } = this.#ways.platforms;
    const externalId = `PA-${number}`;
    this.all.push({ connection: 'pa', externalId, items: null, itemIds: [], message: null, known: true });
    const life = async (): Promise<void> => {
      await pa.place({
        id: externalId,
        items: [
          {
            productId: 'poster_a3_sta',
            quantity: 1 + random.below(9),
            files: { content: { downloadUrl: 'https://shop.example/a.pdf' } },
          },
        ],
      });
      await delay(500 + random.below(2_000));
      await pa.setStatus(externalId, 'Processing');
      await delay(500 + random.below(2_000));
      if (random.next() < 0.1) await pa.setStatus(externalId, 'Cancelled');
      else await pa.setStatus(externalId, 'Shipped', { trackingUrl: `https://carrier.example/t/${externalId}` });
    };
    const living = life().finally(() => this.#saying.delete(living));
    this.#saying.add(living);
  }
}
