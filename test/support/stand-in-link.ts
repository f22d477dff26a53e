import { createMemoryWires } from '../../main/contract/memory-wire.ts';
import { ContractServer } from '../../main/contract/server.ts';
import { StationLink } from '../../renderer/client/station-link.ts';
import type { createStandInStation } from '../contract/stand-in/stand-in-station.ts';
import { noDesktop } from './no-desktop.ts';
import { noTrainingCalls } from './no-training.ts';

/** A screen's link to a stand-in station, not started yet, by the timers of the test; `cut` breaks the wire that is in use. */
export const linkTo = (station: ReturnType<typeof createStandInStation>, training = noTrainingCalls) => {
  const server = new ContractServer({
    handlers: { ...station.handlers, desktop: noDesktop, training },
    access: station.access,
    events: station.events,
    version: '0.1.0',
    onUnexpected: () => {},
  });
  let wire: { close(): void } = { close: () => {} };
  const link = new StationLink({
    openWire: async () => {
      const ends = createMemoryWires();
      server.serve(ends.station, { by: 'screen' });
      wire = ends.station;
      return { kind: 'open', wire: ends.client };
    },
    now: () => Date.now(),
    setTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  });
  return { link, cut: () => wire.close() };
};
