import type { ChannelView, ConnectionView } from '../../contract/connections.ts';
import type { NoticeView, StationView } from '../../contract/station.ts';

export type TrayState = 'allRight' | 'attention' | 'cutOff';

export interface TrayFacts {
  readonly station: Readonly<Pick<StationView, 'counts' | 'intake'>> & {
    readonly notices: readonly Pick<NoticeView, 'level'>[];
  };
  readonly connections: readonly (Pick<ConnectionView, 'state'> & {
    readonly channels: readonly Pick<ChannelView, 'state' | 'since'>[];
  })[];
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** A channel that was only refused for a moment opens sooner. */
const longWaitMs = 5 * 60_000;

/**
 * Cut off: a way to or from a platform is down, until a person acts or for long already. Attention: something is set
 * aside for a person. A channel that waits for a while is normal: it opens by itself.
 */
export const trayStateOf = ({ station, connections, nowMs }: TrayFacts): TrayState => {
  const isDown = connections.some(
    ({ state, channels }) =>
      state === 'alarm' ||
      channels.some((channel) => channel.state === 'waiting' && nowMs - Date.parse(channel.since) >= longWaitMs),
  );
  if (isDown || station.intake.state === 'problem') return 'cutOff';
  const { problemOrders, problemFiles, problemSignals, problemJobs } = station.counts;
  const setAside = problemOrders + problemFiles + problemSignals + problemJobs > 0;
  return setAside || station.notices.some(({ level }) => level !== 'info') ? 'attention' : 'allRight';
};
