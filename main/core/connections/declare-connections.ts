import type { DeclaredConnection } from '../config/declared-connections.ts';
import type { Store } from '../store/store.ts';
import { saveConnection } from './connection-table.ts';

/** Brings the table in line with the config file. A connection that it no longer declares stays, to be edited on the screen. */
export const declareConnections = (
  store: Store,
  declared: readonly DeclaredConnection[],
  nowMs: number,
): Promise<void> =>
  store.write(async (transaction) => {
    const ids = declared.map((connection) => connection.id);
    await transaction.db
      .updateTable('connections')
      .set({ fromConfig: 0 })
      .where('fromConfig', '=', 1)
      .where('id', 'not in', ids)
      .execute();
    for (const { id, platform, settings } of declared) {
      await saveConnection(transaction, { id, platform, settings, fromConfig: true }, nowMs, 'config file');
    }
  });
