import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { PDFDocument } from '@cantoo/pdf-lib';
import type { Client } from '../../../main/contract/contract.ts';
import { createOrderPoster } from '../bench-orders.ts';
import { connectionId, externalIdOf, isToBeProduced } from './seed-floor.ts';

const tickMs = 50;
/** A held item goes on after this. */
const holdMs = 2_000;
/** More than this on their way at once, and the station is asked nothing more until some are answered. */
const mostOnTheirWay = 400;

/** What happens on a floor in turn: people hold items, which go on by themselves, write notes and produce; orders come. */
const turns = ['hold', 'note', 'order', 'hold', 'produced', 'hold', 'note', 'hold'] as const;

/** Orders that nothing has happened to yet, over all runs: neither is one posted twice, nor an item produced twice. */
export interface FreshOrders {
  /** The number of an order that the platform has not posted yet. */
  toPost(): number;
  /** The number of a seeded order with an item to produce. */
  toProduce(): number;
}

export interface FloorChangesDeps {
  readonly client: Client;
  readonly intakeUrl: string;
  /** How many orders were seeded. */
  readonly orders: number;
  readonly fresh: FreshOrders;
  /** The platform's ids of orders on the screen: each second change is of one of them. */
  readonly shown: readonly string[];
  readonly perSecond: number;
}

export interface FloorChanges {
  /** Takes the first of these orders that nothing happens to just now, and leaves it alone until it is given back. */
  take(orders: readonly string[]): string | null;
  giveBack(order: string): void;
  /** Lets what is on its way end. Answers how many changes were committed, in how many seconds, and how many were refused. */
  stop(): Promise<{ readonly committed: number; readonly seconds: number; readonly refused: number }>;
}

/** Serves one small PDF under every address. */
const servePdf = async () => {
  const document = await PDFDocument.create();
  document.addPage([842, 1191]);
  const bytes = await document.save();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': bytes.length }).end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    file: {
      url: `http://127.0.0.1:${port}/page.pdf`,
      md5: createHash('md5').update(bytes).digest('hex'),
      bytes: bytes.length,
    },
    close: () => server.close(),
  };
};

/** Numbers of the seeded orders in an order of no meaning, each once before any comes again. */
const shuffled = (orders: number): (() => number) => {
  let at = 0;
  return () => {
    at += 1;
    return 1 + ((at * 61_987) % orders);
  };
};

/** The same for all runs on one floor of so many seeded orders. */
export const freshOrdersOf = (orders: number): FreshOrders => {
  const anyOrder = shuffled(orders);
  let posted = 0;
  return {
    toPost: () => {
      posted += 1;
      return posted;
    },
    toProduce: () => {
      let number = anyOrder();
      while (!isToBeProduced(number)) number = anyOrder();
      return number;
    },
  };
};

/**
 * Changes the floor so many times a second, all through the station's own front doors: new orders are posted to the
 * intake, the rest is called over the contract as a second screen would. What follows from them comes on top: new orders
 * are fetched, and signals are sent.
 */
export const changeFloor = async (deps: FloorChangesDeps): Promise<FloorChanges> => {
  const { client, orders, fresh, shown, perSecond } = deps;
  const pdf = await servePdf();
  const poster = createOrderPoster(deps.intakeUrl, pdf.file);
  const anyOrder = shuffled(orders);
  const onTheirWay = new Set<Promise<void>>();
  const resumes: { readonly dueAtMs: number; readonly item: string }[] = [];
  /** Items that are held by this, or left alone. */
  const held = new Set<string>();
  let turn = 0;
  let asked = 0;
  let committed = 0;
  let refused = 0;
  const startedAt = performance.now();

  const change = (work: () => Promise<unknown>): void => {
    asked += 1;
    const done = work()
      .then(
        () => {
          committed += 1;
        },
        () => {
          refused += 1;
        },
      )
      .finally(() => onTheirWay.delete(done));
    onTheirWay.add(done);
  };
  const orderForTurn = (): string =>
    (turn % 2 === 0 ? shown[Math.floor(turn / 2) % shown.length] : undefined) ?? externalIdOf(anyOrder());
  const hold = (): void => {
    const item = `${connectionId}:${orderForTurn()}-1`;
    if (held.has(item)) return;
    held.add(item);
    resumes.push({ dueAtMs: performance.now() + holdMs, item });
    change(() => client.items.hold({ item, note: 'wait for the paper' }));
  };
  const takeTurn = (): void => {
    const kind = turns[turn % turns.length];
    turn += 1;
    if (kind === 'hold') hold();
    else if (kind === 'note') {
      const order = `${connectionId}:${orderForTurn()}`;
      change(() => client.orders.addNote({ order, text: `note ${turn}` }));
    } else if (kind === 'order') {
      const number = fresh.toPost();
      change(() => poster.post(number));
    } else {
      const itemOf = (number: number): string => `${connectionId}:${externalIdOf(number)}-1`;
      let item = itemOf(fresh.toProduce());
      while (held.has(item)) item = itemOf(fresh.toProduce());
      change(() => client.items.signal({ item, signal: { kind: 'produced' } }));
    }
  };
  const endDueHolds = (): void => {
    while ((resumes[0]?.dueAtMs ?? Number.POSITIVE_INFINITY) <= performance.now()) {
      const item = resumes.shift()?.item ?? '';
      held.delete(item);
      change(() => client.items.resume({ item }));
    }
  };

  const tick = (): void => {
    endDueHolds();
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond);
    while (asked < due && onTheirWay.size < mostOnTheirWay) takeTurn();
  };
  const timer = setInterval(tick, tickMs);
  return {
    take: (candidates) => {
      const free = candidates.find((order) => !held.has(`${connectionId}:${order}-1`)) ?? null;
      if (free !== null) held.add(`${connectionId}:${free}-1`);
      return free;
    },
    giveBack: (order) => held.delete(`${connectionId}:${order}-1`),
    stop: async () => {
      clearInterval(timer);
      const seconds = (performance.now() - startedAt) / 1000;
      const result = { committed, seconds, refused };
      await Promise.all(onTheirWay);
      for (const { item } of resumes) await client.items.resume({ item }).catch(() => undefined);
      poster.close();
      pdf.close();
      return { ...result, refused };
    },
  };
};
