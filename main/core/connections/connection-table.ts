import { ContractError } from '../../contract/failure.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { appendHistory } from '../store/history.ts';
import type { WriteTransaction } from '../store/store.ts';

export interface ConnectionRow {
  readonly id: string;
  readonly platform: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly fromConfig: boolean;
}

/** Adds or changes a connection. Its platform cannot change: its orders belong to it. */
export const saveConnection = async (
  transaction: WriteTransaction,
  connection: ConnectionRow,
  nowMs: number,
  by: string,
): Promise<void> => {
  const { db, touched } = transaction;
  const known = await db.selectFrom('connections').selectAll().where('id', '=', connection.id).executeTakeFirst();
  if (known !== undefined && known.platform !== connection.platform) {
    throw new ContractError('conflict', `the connection ${connection.id} is of the platform ${known.platform}`);
  }
  const settingsJson = JSON.stringify(connection.settings);
  const fromConfig = connection.fromConfig ? 1 : 0;
  touched.connections.add(connection.id);
  if (known !== undefined && known.settingsJson === settingsJson && known.fromConfig === fromConfig) return;
  await db
    .insertInto('connections')
    .values({
      id: connection.id,
      platform: connection.platform,
      settingsJson,
      fromConfig,
      pausedByPerson: 0,
      createdAtMs: nowMs,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ settingsJson, fromConfig }))
    .execute();
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: known === undefined ? 'connection.added' : 'connection.changed',
      evidence: by === 'config file' ? 'stationDid' : 'operatorSaid',
      connectionId: connection.id,
      by,
    },
  ]);
};

export const removeConnection = async ({ db, touched }: WriteTransaction, id: string): Promise<void> => {
  const order = await db.selectFrom('orders').select('id').where('connectionId', '=', id).limit(1).executeTakeFirst();
  if (order !== undefined) throw new ContractError('conflict', `the connection ${id} has orders: pause it instead`);
  // Jobs of which only their name was ever heard.
  await db.deleteFrom('jobs').where('connectionId', '=', id).execute();
  const { numDeletedRows } = await db.deleteFrom('connections').where('id', '=', id).executeTakeFirst();
  if (numDeletedRows === 0n) throw new ContractError('notFound', `there is no connection ${id}`);
  touched.connections.add(id);
};

/** Pauses all channels of a connection, or opens them again: then one probe goes first where one was in trouble. */
export const pauseConnection = async (
  transaction: WriteTransaction,
  id: string,
  pause: boolean,
  nowMs: number,
  by: string,
): Promise<void> => {
  const { db, touched } = transaction;
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({ pausedByPerson: pause ? 1 : 0 })
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ContractError('notFound', `there is no connection ${id}`);
  const channels = await db.selectFrom('channels').selectAll().where('connectionId', '=', id).execute();
  for (const channel of channels) {
    if (!pause && channel.state === 'open') continue;
    const troubled = channel.failures > 0;
    await db
      .updateTable('channels')
      .set({
        state: pause ? 'paused' : troubled ? 'waiting' : 'open',
        sinceMs: nowMs,
        nextTryAtMs: !pause && troubled ? nowMs : null,
        problem: pause ? stationLine('pausedByPerson') : troubled ? channel.problem : null,
      })
      .where('connectionId', '=', id)
      .where('name', '=', channel.name)
      .execute();
  }
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: pause ? 'connection.paused' : 'connection.resumed',
      evidence: 'operatorSaid',
      connectionId: id,
      by,
    },
  ]);
  touched.connections.add(id);
};
