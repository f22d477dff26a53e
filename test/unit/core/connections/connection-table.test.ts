import { describe, expect, it } from 'vitest';
import { ConnectionDirectory } from '../../../../main/core/connections/connection-directory.ts';
import {
  pauseConnection,
  removeConnection,
  saveConnection,
} from '../../../../main/core/connections/connection-table.ts';
import { declareConnections } from '../../../../main/core/connections/declare-connections.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { insertJob } from '../../../../main/core/jobs/job-rows.ts';
import type { Store } from '../../../../main/core/store/store.ts';
import { createFakePlatform } from '../../../support/fake-platform.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const channelOf = (store: Store) =>
  store.read.selectFrom('channels').selectAll().where('connectionId', '=', 'shop').executeTakeFirstOrThrow();

const setChannel = (store: Store, values: { state: 'alarm' | 'waiting'; failures: number; problem: string }) =>
  store.write(({ db }) =>
    db
      .updateTable('channels')
      .set({ ...values, nextTryAtMs: 900_000 })
      .execute(),
  );

const pause = (store: Store, on: boolean) =>
  store.write((transaction) => pauseConnection(transaction, 'shop', on, 1_000, 'AB'));

const declared = (id: string, settings = {}) => ({ id, platform: 'fake', settings, secrets: { orderKey: 's3cret' } });

describe('a connection', () => {
  it('has an open channel for its signals from the start', async () => {
    const { store } = await openTestStore();
    await connectTo(store);
    expect(await channelOf(store)).toMatchObject({ name: 'signals', state: 'open', failures: 0 });
  });

  it('that was in no trouble is open again after a pause', async () => {
    const { store } = await openTestStore();
    await connectTo(store);
    await pause(store, true);
    expect(await channelOf(store)).toMatchObject({ state: 'paused', nextTryAtMs: null, problem: 'paused by a person' });
    await pause(store, false);
    expect(await channelOf(store)).toMatchObject({ state: 'open', problem: null });
  });

  it('that was refused tries with one probe when a person resumes it', async () => {
    const { store } = await openTestStore();
    await connectTo(store);
    await setChannel(store, { state: 'alarm', failures: 2, problem: 'wrong key' });
    await pause(store, false);
    expect(await channelOf(store)).toMatchObject({ state: 'waiting', nextTryAtMs: 1_000, problem: 'wrong key' });
  });

  it('keeps its platform, and says whose it is', async () => {
    const { store } = await openTestStore();
    await connectTo(store);
    await expect(
      store.write((transaction) =>
        saveConnection(transaction, { id: 'shop', platform: 'other', settings: {}, fromConfig: false }, 0, 'AB'),
      ),
    ).rejects.toThrow('the connection shop is of the platform fake');
  });

  it('writes history when it changes and none when it is saved as it was', async () => {
    const { store } = await openTestStore();
    await connectTo(store);
    const save = (settings: Readonly<Record<string, unknown>>) =>
      store.write((transaction) =>
        saveConnection(transaction, { id: 'shop', platform: 'fake', settings, fromConfig: false }, 0, 'AB'),
      );
    await save({});
    await save({ color: 'red' });
    const codes = await store.read.selectFrom('events').select('code').orderBy('id').execute();
    expect(codes.map(({ code }) => code)).toEqual(['connection.added', 'connection.changed']);
  });

  it('is removed only while it has no orders', async () => {
    const { store } = await openTestStore();
    const connections = await connectTo(store, createFakePlatform(), ['shop', 'empty']);
    const connection = connections.find('shop');
    if (connection === null) throw new Error('no connection');
    await store.write((transaction) =>
      acceptOrder(transaction, {
        connection,
        order: sampleOrder('A'),
        nameTemplate: '{order}',
        nowMs: 0,
        by: 'platform',
      }),
    );
    const remove = (id: string) => store.write((transaction) => removeConnection(transaction, id));
    await expect(remove('shop')).rejects.toThrow('the connection shop has orders: pause it instead');
    await expect(remove('nobody')).rejects.toThrow('there is no connection nobody');
    await remove('empty');
    await connections.reload();
    expect(connections.all().map(({ id }) => id)).toEqual(['shop']);
  });
});

describe('a connection that is removed', () => {
  it('takes with it what was heard of jobs without an order, and its channels, sweep and budget', async () => {
    const { store } = await openTestStore();
    await connectTo(store, createFakePlatform(), ['shop', 'other']);
    await store.write(async (transaction) => {
      const { db } = transaction;
      for (const connectionId of ['shop', 'other']) {
        const old = await insertJob(transaction, { connectionId, externalId: 'j-1', nowMs: 0 });
        const { id } = await insertJob(transaction, { connectionId, externalId: 'j-2', nowMs: 0 });
        await db.updateTable('jobs').set({ replacedBy: id }).where('id', '=', old.id).execute();
        await db.insertInto('sweeps').values({ connectionId, reconcileReason: 'start' }).execute();
        await db.insertInto('budgets').values({ connectionId, stateJson: '{}' }).execute();
        const counts = { there: 1, here: 1, missing: 0, ended: 0 };
        await db
          .insertInto('reconciliations')
          .values({ connectionId, atMs: 0, reason: 'start', ...counts })
          .execute();
      }
    });
    await store.write((transaction) => removeConnection(transaction, 'shop'));
    for (const table of ['jobs', 'sweeps', 'budgets', 'reconciliations', 'channels'] as const) {
      const left = await store.read.selectFrom(table).select('connectionId').distinct().execute();
      expect(left, table).toEqual([{ connectionId: 'other' }]);
    }
  });
});

describe('the config file', () => {
  it('declares connections, changes them, and lets go of those that it no longer names', async () => {
    const { store } = await openTestStore();
    const rows = async () =>
      (
        await store.read.selectFrom('connections').select(['id', 'fromConfig', 'settingsJson']).orderBy('id').execute()
      ).map(({ id, fromConfig, settingsJson }) => `${id} ${fromConfig} ${settingsJson}`);
    await declareConnections(store, [declared('a'), declared('b')], 0);
    await declareConnections(store, [declared('b', { color: 'red' })], 0);
    expect(await rows()).toEqual(['a 0 {}', 'b 1 {"color":"red"}']);
    await declareConnections(store, [], 0);
    expect(await rows()).toEqual(['a 0 {}', 'b 0 {"color":"red"}']);
  });
});

describe('the directory', () => {
  it('offers a connection with its checked settings, its budget and its secrets', async () => {
    const { store } = await openTestStore();
    const platform = createFakePlatform({ budget: { requests: 5, perSeconds: 2, concurrency: 3 } });
    const connections = new ConnectionDirectory({
      store,
      platforms: [platform],
      secret: (id, name) => `${id} ${name}`,
    });
    const rates = { b: { requests: 1, perSeconds: 9 }, c: { requests: 1, perSeconds: 9, concurrency: 1 } };
    await declareConnections(
      store,
      [declared('a'), declared('b', { rate: rates.b }), declared('c', { rate: rates.c })],
      0,
    );
    await connections.reload();
    expect(connections.find('a')?.rate).toEqual({ requests: 5, perSeconds: 2, concurrency: 3 });
    expect(connections.find('b')?.rate).toEqual({ requests: 1, perSeconds: 9, concurrency: 3 });
    expect(connections.find('c')?.rate).toEqual(rates.c);
    expect(connections.find('a')?.common.allowPrivateAddresses).toBe(false);
    expect(connections.find('a')?.secret('orderKey')).toBe('a orderKey');
    expect(connections.find('d')).toBeNull();
  });

  it('leaves out a platform that this version does not know, and keeps its rows', async () => {
    const { store } = await openTestStore();
    await declareConnections(store, [{ ...declared('a'), platform: 'of the future' }, declared('b')], 0);
    const connections = new ConnectionDirectory({ store, platforms: [createFakePlatform()], secret: () => null });
    await connections.reload();
    expect(connections.all().map(({ id }) => id)).toEqual(['b']);
  });

  it('says in one line which stored setting it cannot use', async () => {
    const { store } = await openTestStore();
    await declareConnections(store, [declared('a', { pollSeconds: 'often' })], 0);
    const connections = new ConnectionDirectory({ store, platforms: [createFakePlatform()], secret: () => null });
    await expect(connections.reload()).rejects.toThrow(
      /^the stored settings of connection a cannot be used: pollSeconds: .+$/,
    );
  });
});
