import type { Handlers } from '../contract/contract.ts';
import { ContractError } from '../contract/failure.ts';
import { ContractServer, type EventSource } from '../contract/server.ts';
import { errorText, type Logger } from '../core/ports/logger.ts';
import type { Station } from '../core/station-face.ts';
import type { Training } from './training-face.ts';

export interface StationServersDeps {
  readonly station: Station;
  readonly training: Training;
  /** What this host's desktop does for the screens of a station. */
  readonly desktopOf: (station: Station) => Handlers['desktop'];
  readonly version: string;
  readonly logger: Logger;
}

type WireServer = Pick<ContractServer, 'serve'>;

/** Who serves a wire: the real station, or the one that is practised with. */
export interface StationServers {
  readonly real: WireServer;
  /** Null while nobody practises. */
  practice(): WireServer | null;
}

const bothOf = (one: EventSource, other: EventSource): EventSource => ({
  subscribe: (listener) => {
    const stops = [one.subscribe(listener), other.subscribe(listener)];
    return () => {
      for (const stop of stops) stop();
    };
  },
});

const realOnly = async (): Promise<never> => {
  throw new ContractError('unavailable', 'this is not part of the training');
};

/** Makes the servers of one host's wires; training stands beside both stations. */
export const createStationServers = (deps: StationServersDeps): StationServers => {
  const { training, logger } = deps;
  const serverOf = (station: Station, desktop: Handlers['desktop']): ContractServer =>
    new ContractServer({
      handlers: { ...station.handlers, desktop, training: training.handlers },
      access: station.access,
      events: bothOf(station.events, training.events),
      version: deps.version,
      onUnexpected: (call, error) => logger.error('a call failed unexpectedly', { call, cause: errorText(error) }),
    });
  return {
    real: serverOf(deps.station, deps.desktopOf(deps.station)),
    practice: () => {
      const station = training.practice;
      if (station === null) return null;
      // What the window does for the whole workstation is the real station's to say.
      const { dragOut, speak } = deps.desktopOf(station);
      const server = serverOf(station, {
        dragOut,
        speak,
        notify: realOnly,
        enterStationMode: realOnly,
        leaveStationMode: realOnly,
      });
      return {
        serve: (wire, visit) => {
          wire.onClose(training.arrive());
          server.serve(wire, visit);
        },
      };
    },
  };
};
