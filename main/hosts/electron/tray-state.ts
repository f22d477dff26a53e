import type { ConnectionView } from '../../contract/connections.ts';
import type { NoticeView, StationView } from '../../contract/station.ts';

export type TrayState = 'running' | 'attention' | 'alarm';

export interface TrayFacts {
  readonly station: Readonly<Pick<StationView, 'counts' | 'intake'>> & {
    readonly notices: readonly Pick<NoticeView, 'level'>[];
  };
  readonly connections: readonly Pick<ConnectionView, 'state'>[];
}

/** Alarm: a person must act or work stands still. Attention: single jobs are set aside. A channel that waits is normal. */
export const trayStateOf = ({ station, connections }: TrayFacts): TrayState => {
  const noticed = (level: 'attention' | 'alarm'): boolean => station.notices.some((notice) => notice.level === level);
  const { problemOrders, problemFiles, problemSignals } = station.counts;
  if (
    noticed('alarm') ||
    station.intake.state === 'problem' ||
    connections.some((connection) => connection.state === 'alarm')
  ) {
    return 'alarm';
  }
  return noticed('attention') || problemOrders + problemFiles + problemSignals > 0 ? 'attention' : 'running';
};
