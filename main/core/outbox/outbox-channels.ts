import { type Expression, type SqlBool, sql } from 'kysely';
import { commandKinds, type OutboxKind } from '../../contract/values.ts';

/** The channels that the outbox's rows go by: what is paid for waits by itself when the platform wants money first. */
export const signalsChannel = 'signals';
export const commandsChannel = 'commands';
export const outboxChannels = [signalsChannel, commandsChannel] as const;
export type OutboxChannel = (typeof outboxChannels)[number];

const commands: ReadonlySet<OutboxKind> = new Set(commandKinds);

export const channelOf = (kind: OutboxKind): OutboxChannel => (commands.has(kind) ? commandsChannel : signalsChannel);

/** The channels by which rows of these kinds go, each once. */
export const channelsOfKinds = (kinds: readonly OutboxKind[]): readonly OutboxChannel[] => [
  ...new Set(kinds.map(channelOf)),
];

/** The channel of a row of `outbox`. */
export const channelName = sql<OutboxChannel>`CASE WHEN outbox.kind IN (${sql.join(commandKinds)})
  THEN ${sql.lit(commandsChannel)} ELSE ${sql.lit(signalsChannel)} END`;

/** True for the rows of `outbox` that go by a channel. */
export const goesBy = (channel: OutboxChannel): Expression<SqlBool> =>
  channel === commandsChannel
    ? sql<SqlBool>`outbox.kind IN (${sql.join(commandKinds)})`
    : sql<SqlBool>`outbox.kind NOT IN (${sql.join(commandKinds)})`;
