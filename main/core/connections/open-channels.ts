import { channelsOfKinds } from '../outbox/outbox-channels.ts';
import { jobsChannel } from '../polling/job-channel.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { LiveConnection } from './connection-directory.ts';

/** The channels of a connection before anything has gone by them; those of downloads come with the files. */
const channelsOf = ({ platform, settings }: LiveConnection): readonly string[] => [
  ...channelsOfKinds(platform.outgoing?.kinds(settings) ?? []),
  ...(platform.jobs === undefined ? [] : [jobsChannel]),
];

/** Makes sure that each connection has its channels, so that screens show and pause them before their first use. */
export const openChannels = async (
  { db, touched }: WriteTransaction,
  connections: readonly LiveConnection[],
  nowMs: number,
): Promise<void> => {
  const rows = connections.flatMap((connection) =>
    channelsOf(connection).map((name) => ({
      connectionId: connection.id,
      name,
      state: 'open' as const,
      sinceMs: nowMs,
      failures: 0,
    })),
  );
  if (rows.length === 0) return;
  const opened = await db
    .insertInto('channels')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['connectionId', 'name']).doNothing())
    .returning('connectionId')
    .execute();
  for (const { connectionId } of opened) touched.connections.add(connectionId);
};
