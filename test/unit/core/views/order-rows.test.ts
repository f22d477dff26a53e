import { describe, expect, it } from 'vitest';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import {
  type OrderFilter,
  orderRowsById,
  pageOfOrders,
  placesOfOrders,
} from '../../../../main/core/views/order-rows.ts';
import { sampleItem, sampleOrder } from '../../../support/sample-order.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const hourMs = 3_600_000;
const reorder = { cause: 'damaged', description: '', originalOrder: 'X', originalItem: 'X-1' };

const openList = async () => {
  const { store } = await openTestStore();
  const connections = await connectTo(store, undefined, ['shop', 'other']);
  const accept = async (order: Parameters<typeof sampleOrder>, connectionId = 'shop') => {
    const connection = connections.find(connectionId);
    if (connection === null) throw new Error('no connection');
    await store.write((transaction) =>
      acceptOrder(transaction, {
        connection,
        order: sampleOrder(...order),
        nameTemplate: '{order}_{item}',
        nowMs: 0,
        by: 'platform',
      }),
    );
  };
  await accept(['late', 2, { shipByMs: 9 * hourMs, customer: '100 % Books_Ltd' }]);
  await accept(['whenever']);
  await accept(['soon', 1, { shipByMs: hourMs }], 'other');
  await accept(['again', 1, { items: [sampleItem('again-1', { reorder })] }]);
  await store.write(({ db }) =>
    db.updateTable('orders').set({ problemCount: 2 }).where('externalId', '=', 'late').execute(),
  );
  await store.write(({ db }) =>
    db.updateTable('orders').set({ open: 0, stage: 'shipped' }).where('externalId', '=', 'whenever').execute(),
  );
  const list = async (filter: Partial<OrderFilter> = {}, offset = 0, limit = 50) => {
    const page = await pageOfOrders(store.read, { problemsOnly: false, openOnly: false, ...filter }, offset, limit);
    const rows = await orderRowsById(store.read, page.ids);
    const places = await placesOfOrders(store.read, { problemsOnly: false, openOnly: false, ...filter });
    expect(places.ids.slice(offset, offset + limit)).toEqual(page.ids);
    expect(places.total).toBe(page.total);
    return {
      names: rows.map(({ externalId }) => externalId),
      total: page.total,
      problemCount: page.problemCount,
      rows,
    };
  };
  return { list };
};

describe('the list of orders', () => {
  it('goes by urgency: reorders, then ship-by, those without one last', async () => {
    const { list } = await openList();
    expect(await list()).toMatchObject({ names: ['again', 'soon', 'late', 'whenever'], total: 4, problemCount: 1 });
  });

  it('comes in pages', async () => {
    const { list } = await openList();
    expect(await list({}, 1, 2)).toMatchObject({ names: ['soon', 'late'], total: 4 });
    expect(await list({}, 9, 2)).toMatchObject({ names: [], total: 4 });
  });

  it.each<[Partial<OrderFilter>, string[]]>([
    [{ openOnly: true }, ['again', 'soon', 'late']],
    [{ problemsOnly: true }, ['late']],
    [{ stages: ['shipped'] }, ['whenever']],
    [{ connections: ['other'] }, ['soon']],
    [{ dueBefore: new Date(2 * hourMs).toISOString() }, ['soon']],
    [{ search: 'SOO' }, ['soon']],
    [{ search: 'late-2' }, ['late']],
    [{ search: 'ref-whenever' }, ['whenever']],
    [{ search: '100 %' }, ['late']],
    [{ search: '%' }, ['late']],
    [{ search: 's_L' }, ['late']],
    [{ search: "'; DROP TABLE orders" }, []],
    [{ search: '  ' }, ['again', 'soon', 'late', 'whenever']],
    [{ openOnly: true, connections: ['shop'], search: 'title' }, ['again', 'late']],
  ])('with %j is %j', async (filter, names) => {
    const { list } = await openList();
    expect(await list(filter)).toMatchObject({ names, total: names.length });
  });

  it('adds up items, copies and files in each row', async () => {
    const { list } = await openList();
    const { rows } = await list({ problemsOnly: true });
    expect(rows[0]).toMatchObject({
      itemCount: 2,
      copies: 4,
      filesTotal: 2,
      filesReady: 0,
      bytesExpected: 2468,
      shipBy: new Date(9 * hourMs).toISOString(),
      reorder: false,
    });
  });
});
