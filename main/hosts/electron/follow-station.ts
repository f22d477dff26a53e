import type { Clock } from '../../core/ports/clock.ts';
import type { Station } from '../../core/station-face.ts';
import { type TrayFacts, type TrayState, trayStateOf } from './tray-state.ts';

const caller = { by: 'desktop app' };

/**
 * Tells `show` how the station is, now and after each change, such as each try of a channel that waits. Listens before
 * it asks, so that no change is missed.
 */
export const followStation = async (
  station: Pick<Station, 'events' | 'handlers'>,
  clock: Pick<Clock, 'nowMs'>,
  show: (state: TrayState) => void,
): Promise<void> => {
  let stationNow: TrayFacts['station'] | null = null;
  let connectionsNow: TrayFacts['connections'] | null = null;
  const update = (): void => {
    if (stationNow === null) return;
    show(trayStateOf({ station: stationNow, connections: connectionsNow ?? [], nowMs: clock.nowMs() }));
  };

  station.events.subscribe((...[name, payload]) => {
    if (name === 'station.changed' && 'station' in payload) stationNow = payload.station;
    else if (name === 'connections.changed' && 'connections' in payload) connectionsNow = payload.connections;
    else return;
    update();
  });

  const [first, list] = await Promise.all([
    station.handlers.station.get({}, caller),
    station.handlers.connections.list({}, caller),
  ]);
  stationNow ??= first.station;
  connectionsNow ??= list.connections;
  update();
};
