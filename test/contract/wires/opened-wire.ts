import type { ConnectedClient } from '../../../main/contract/client.ts';
import type { Wire } from '../../../main/contract/wire.ts';

/** A wire from a client to a station, both ends in this process. */
export interface OpenedWire extends ConnectedClient {
  /** The client's end, for what no honest client would send. */
  readonly wire: Wire;
  /** Cuts the wire. */
  end(): void;
  /** Gives back what the wire needed. */
  dispose(): Promise<void>;
}

/** Opens a wire of one kind; `accept` is what the station does with its end. */
export type OpenWire = (accept: (station: Wire) => void) => Promise<OpenedWire>;
