import type { Store } from '../store/store.ts';
import type { NoticeBoard } from './notices.ts';

/** Keeps one notice for each channel that the platform refuses, and takes it back when the channel is open again. */
export const refreshChannelAlarms = async (
  store: Store,
  notices: NoticeBoard,
  connectionIds: ReadonlySet<string>,
): Promise<void> => {
  if (connectionIds.size === 0) return;
  const channels = await store.read
    .selectFrom('channels')
    .selectAll()
    .where('connectionId', 'in', [...connectionIds])
    .execute();
  for (const channel of channels) {
    const subject = `${channel.connectionId} ${channel.name}`;
    if (channel.state !== 'alarm') {
      notices.clear('channelAlarm', subject);
      continue;
    }
    const problem = channel.problem ?? 'the platform refuses this station';
    notices.raise({
      level: 'alarm',
      code: 'channelAlarm',
      subject,
      detail: { connection: channel.connectionId, channel: channel.name, problem },
      text: `${channel.connectionId} (${channel.name}) is stopped: ${problem}`,
    });
  }
};
