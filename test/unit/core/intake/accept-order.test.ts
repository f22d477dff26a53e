import { createHash } from 'node:crypto';
import { join, normalize } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveConnection } from '../../../../main/core/connections/connection-directory.ts';
import type { IncomingOrder } from '../../../../main/core/domain/incoming-order.ts';
import { type AcceptedOrder, acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import type { Store } from '../../../../main/core/store/store.ts';
import { orderViewsById } from '../../../../main/core/views/order-views.ts';
import { createFakePlatform, type FakePlatformOptions } from '../../../support/fake-platform.ts';
import { sampleFile, sampleItem, sampleOrder } from '../../../support/sample-order.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

interface Intake {
  readonly store: Store;
  readonly path: string;
  readonly accept: (order: IncomingOrder, connectionId?: string, by?: string) => Promise<AcceptedOrder>;
}

const openIntake = async (options: FakePlatformOptions = {}): Promise<Intake> => {
  const { store, path } = await openTestStore();
  const connections = await connectTo(store, createFakePlatform(options), ['shop', 'other']);
  const connection = (id: string): LiveConnection => {
    const found = connections.find(id);
    if (found === null) throw new Error(`no connection ${id}`);
    return found;
  };
  return {
    store,
    path,
    accept: (order, connectionId = 'shop', by = 'platform') =>
      store.write((transaction) =>
        acceptOrder(transaction, {
          connection: connection(connectionId),
          order,
          nameTemplate: '{order}_{item}_{role}_{copies}x',
          nowMs: 1_000,
          by,
        }),
      ),
  };
};

const countOf = async (
  store: Store,
  table: 'orders' | 'items' | 'files' | 'outbox' | 'orderRevisions',
): Promise<number> =>
  (
    await store.read
      .selectFrom(table)
      .select((query) => query.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
  ).count;

const changed = (order: IncomingOrder, customer: string): IncomingOrder => ({
  ...order,
  customer,
  document: `{"customer":"${customer}"}`,
  contentHash: createHash('sha256').update(customer).digest('hex'),
});

describe('an order', () => {
  it('is on disk with its items, files, first signals and history when it has been accepted', async () => {
    const { accept, path } = await openIntake();
    const order = sampleOrder('A', 3, { files: [sampleFile({ role: 'shippingLabel' })] });
    expect(await accept(order)).toEqual({ orderId: 1, outcome: 'stored' });
    // Seen by a connection that has nothing to do with the station's own.
    const elsewhere = new Database(path, { readonly: true });
    const count = (table: string): unknown => elsewhere.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['orders', 'items', 'files', 'outbox'].map(count)).toEqual([1, 3, 4, 3]);
    expect(elsewhere.prepare(`SELECT code, evidence FROM events WHERE order_id = 1`).all()).toEqual([
      { code: 'order.received', evidence: 'platformSaid' },
    ]);
    expect(elsewhere.prepare('SELECT DISTINCT item_id FROM files ORDER BY item_id').pluck().all()).toEqual([
      null,
      1,
      2,
      3,
    ]);
    expect(elsewhere.prepare('SELECT place, kind, deadline_at_ms FROM outbox').all()).toEqual(
      Array.from({ length: 3 }, () => ({ place: 1, kind: 'registered', deadline_at_ms: 901_000 })),
    );
    elsewhere.close();
  });

  it('that comes 50 times at once is one order', async () => {
    const { accept, store } = await openIntake();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => accept(sampleOrder('A', 2))));
    expect(outcomes.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'known')).toHaveLength(49);
    expect(new Set(outcomes.map(({ orderId }) => orderId)).size).toBe(1);
    expect(await countOf(store, 'items')).toBe(2);
    expect(await countOf(store, 'outbox')).toBe(2);
    expect(await countOf(store, 'orderRevisions')).toBe(0);
  });

  it('of the same name at another connection is another order', async () => {
    const { accept, store } = await openIntake();
    await accept(sampleOrder('A'));
    expect((await accept(sampleOrder('A'), 'other')).outcome).toBe('stored');
    expect(await countOf(store, 'orders')).toBe(2);
  });

  it('that comes again with other content is kept as a revision and not merged; that one again is known', async () => {
    const { accept, store } = await openIntake();
    const order = sampleOrder('A', 2);
    await accept(order);
    const revision = { ...changed(order, 'Someone Else'), items: [sampleItem('A-1', { title: 'New', copies: 9 })] };
    expect(await accept(revision)).toEqual({ orderId: 1, outcome: 'revision' });
    expect((await accept(revision)).outcome).toBe('known');
    expect((await accept(order)).outcome).toBe('known');
    expect((await accept(changed(order, 'A Third'))).outcome).toBe('revision');
    const [view] = await orderViewsById(
      {
        db: store.read,
        filesFolder: '/files',
        nowMs: 0,
        jobs: { commandsOf: () => [] },
        handoversOfOrders: async () => [],
      },
      [1],
    );
    expect(view?.customer).toBe('Fjord Books');
    expect(view?.items.map(({ copies }) => copies)).toEqual([2, 2]);
    expect(view?.revisions.map(({ summary }) => summary)).toEqual(['9 × New', '2 × Title of A-1, 2 × Title of A-2']);
  });

  it('that cannot be stored leaves nothing behind, and others of the same moment are stored', async () => {
    const { accept, store } = await openIntake();
    const twice = sampleOrder('bad', 1, { items: [sampleItem('x'), sampleItem('x')] });
    const outcomes = await Promise.allSettled([accept(sampleOrder('A')), accept(twice), accept(sampleOrder('B'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await countOf(store, 'orders')).toBe(2);
    expect(await countOf(store, 'files')).toBe(2);
  });

  it('without files, or with thousands of items, is stored, too', async () => {
    const { accept, store } = await openIntake();
    await accept(sampleOrder('bare', 1, { items: [sampleItem('x', { files: [] })] }));
    expect(await countOf(store, 'files')).toBe(0);
    await accept(sampleOrder('big', 3_000));
    expect(await countOf(store, 'items')).toBe(3_001);
    const items = await store.read
      .selectFrom('items')
      .select(['externalId', 'number'])
      .where('orderId', '=', 2)
      .orderBy('id')
      .execute();
    expect(items.every(({ externalId, number }) => externalId === `big-${number}`)).toBe(true);
  });

  it('queues no signal that the connection does not send', async () => {
    const { accept, store } = await openIntake({ kinds: ['shipped'] });
    await accept(sampleOrder('A', 2));
    expect(await countOf(store, 'outbox')).toBe(0);
  });

  it('that a person imported says so in its history', async () => {
    const { accept, store } = await openIntake();
    await accept(sampleOrder('A'), 'shop', 'AB');
    const [event] = await store.read.selectFrom('events').select(['evidence', 'by']).where('orderId', '=', 1).execute();
    expect(event).toEqual({ evidence: 'operatorSaid', by: 'AB' });
  });
});

describe('a reorder', () => {
  const reorder = {
    cause: 'damaged',
    description: 'the tube arrived crushed',
    originalOrder: 'A',
    originalItem: 'A-1',
  };

  it('goes first and links to the order that it replaces', async () => {
    const { accept, store } = await openIntake();
    await accept(sampleOrder('A'));
    await accept(sampleOrder('R', 1, { items: [sampleItem('R-1', { reorder })] }));
    const files = await store.read.selectFrom('files').select(['orderId', 'priority']).orderBy('id').execute();
    expect(files).toEqual([
      { orderId: 1, priority: 0 },
      { orderId: 2, priority: 1 },
    ]);
    const [view] = await orderViewsById(
      {
        db: store.read,
        filesFolder: '/files',
        nowMs: 0,
        jobs: { commandsOf: () => [] },
        handoversOfOrders: async () => [],
      },
      [2],
    );
    expect(view?.reorder).toBe(true);
    expect(view?.items[0]?.reorder).toEqual({ ...reorder, originalOrderId: 1 });
  });

  it('of an order that this station never had says so', async () => {
    const { accept, store } = await openIntake();
    await accept(sampleOrder('R', 1, { items: [sampleItem('R-1', { reorder })] }));
    const [view] = await orderViewsById(
      {
        db: store.read,
        filesFolder: '/files',
        nowMs: 0,
        jobs: { commandsOf: () => [] },
        handoversOfOrders: async () => [],
      },
      [1],
    );
    expect(view?.items[0]?.reorder?.originalOrderId).toBeNull();
  });
});

describe('the files of an order', () => {
  const pathsOf = async (store: Store): Promise<string[]> =>
    (await store.read.selectFrom('files').select('relativePath').orderBy('id').execute()).map(
      (row) => row.relativePath,
    );

  it('lie below the folder, whatever the platform calls them', { timeout: 60_000 }, async () => {
    const { accept, store } = await openIntake();
    const hostile = fc.oneof(
      fc.constantFrom(
        '../../etc/passwd',
        '..',
        '.',
        '/',
        'C:\\x',
        'a/../..',
        'con',
        'nul.txt',
        '\0',
        '..\\..',
        '~',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (name, role, format) => {
        number += 1;
        await accept(
          sampleOrder(`${name}${number}`, 1, {
            items: [
              sampleItem(name, {
                title: name,
                product: name,
                files: [sampleFile({ role, format }), sampleFile({ role, format })],
              }),
            ],
          }),
        );
      }),
      { numRuns: 60 },
    );
    const paths = await pathsOf(store);
    expect(paths).toHaveLength(number * 2);
    for (const path of paths) {
      expect(path.split('/')).toHaveLength(3);
      expect(normalize(join('/files', path))).toBe(`/files/${path}`);
      expect(path.split('/').some((part) => part === '' || /^\.+$/.test(part) || part.includes('\\'))).toBe(false);
    }
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
  });

  it('of two orders whose names look alike to a file system do not clash', async () => {
    const { accept, store } = await openIntake();
    for (const name of ['a/b', 'a:b', 'A-B', 'a-b']) await accept(sampleOrder(name, 2));
    const paths = await pathsOf(store);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(8);
  });

  it('are limited by the host and port that they come from', async () => {
    const { accept, store } = await openIntake();
    const urls = ['https://files.example.com/a', 'https://files.example.com:8443/a?token=1', 'not an address'];
    await accept(sampleOrder('A', 1, { items: [sampleItem('x', { files: urls.map((url) => sampleFile({ url })) })] }));
    const hosts = await store.read.selectFrom('files').select('sourceHost').orderBy('id').execute();
    expect(hosts.map((row) => row.sourceHost)).toEqual([
      'files.example.com',
      'files.example.com:8443',
      'unreadable address',
    ]);
  });
});
