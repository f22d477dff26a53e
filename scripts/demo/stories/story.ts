import type { Client } from '../../../main/contract/contract.ts';
import type { DemoFolder } from '../demo-folder.ts';
import type { DemoPlatforms } from '../demo-platforms.ts';

/** One fact that a demo order must end with. */
export interface Check {
  readonly what: string;
  readonly ok: boolean;
}

/** Where a story happens: a running station, the platforms it knows, and its folders. */
export interface DemoFloor {
  readonly client: Client;
  readonly platforms: DemoPlatforms;
  readonly folder: DemoFolder;
}

/** One order from its beginning to its end, with what must be true then. */
export interface Story {
  readonly name: string;
  readonly platform: string;
  /** `connection:order`. */
  readonly order: string;
  /** What happens, in a sentence. */
  readonly plot: string;
  /** What happened at the platform before the station is started. */
  readonly before?: (platforms: DemoPlatforms) => void;
  readonly run: (floor: DemoFloor) => Promise<readonly Check[]>;
  /** What the platform took from the station for this order, in its own words, oldest first. */
  readonly taken: (platforms: DemoPlatforms) => readonly string[];
}
