import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { makeOrder } from '../../../../main/training/orders/make-order.ts';
import { openShop } from '../../../support/scenario-shop.ts';
import { startStation } from '../../../support/scenario-station.ts';

const lists = 100;

test('a file is in the list of all files while it goes from one state to another', async () => {
  const shop = await openShop();
  const { client } = await startStation(shop);
  await client.connections.pause({ id: 'cp' });
  const { body } = await shop.sandbox.document(makeOrder({ number: 1, items: [{ product: 'poster' }] }));
  await client.orders.import({ connection: 'cp', document: body });

  // The station begins and ends its writes from this very thread: whoever waits for the lock here would wait forever.
  const database = new Database(`${shop.dataFolder}/platen.db`, { timeout: 0 });
  database.pragma('synchronous = OFF');
  let over = false;
  const flip = async (): Promise<void> => {
    for (let turn = 0; !over; turn += 1) {
      try {
        database.prepare('UPDATE files SET state = ?').run(turn % 2 === 0 ? 'problem' : 'waiting');
      } catch (error) {
        if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error;
      }
      await nextTurn();
    }
  };
  const flipping = flip();
  const found = new Set<number>();
  for (let list = 0; list < lists; list += 1) found.add((await client.files.list({})).files.length);
  over = true;
  await flipping;
  database.close();
  expect([...found]).toEqual([1]);
});
