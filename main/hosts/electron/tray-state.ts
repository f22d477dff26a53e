import type { ConnectionView } from '../../contract/connections.ts';
import type { NoticeView, StationView } from '../../contract/station.ts';

export type TrayState = 'allRight' | 'attention' | 'cutOff';

export interface TrayFacts {
  readonly station: Readonly<Pick<StationView, 'counts' | 'intake'>> & {
    readonly notices: readonly Pick<NoticeView, 'level'>[];
  };
  readonly connections: readonly Pick<ConnectionView, 'state'>[];
}

/**
 * Cut off: a way to or from a platform is down until a person acts. Attention: something is set aside for a person. A
 * channel that waits is normal: it opens by itself.
 */
export const trayStateOf = ({ station, connections }: TrayFacts): TrayState => {
  if (station.intake.state === 'problem' || connections.some((connection) => connection.state === 'alarm')) {
    return 'cutOff';
  }
  const { problemOrders, problemFiles, problemSignals, problemJobs } = station.counts;
  const setAside = problemOrders + problemFiles + problemSignals + problemJobs > 0;
  return setAside || station.notices.some(({ level }) => level !== 'info') ? 'attention' : 'allRight';
};
