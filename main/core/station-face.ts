import type { Handlers } from '../contract/contract.ts';
import type { Access, EventSource } from '../contract/server.ts';
import type { CallTimeouts } from './platforms/http/http-call.ts';
import type { Clock } from './ports/clock.ts';
import type { KeyWrap } from './ports/key-wrap.ts';
import type { Logger } from './ports/logger.ts';
import type { FileInspector } from './preflight/inspector.ts';

/** The groups of the contract that are the host's own. */
type HostGroup = 'desktop' | 'training';

/** Everything a station needs from the outside. */
export interface StationDeps {
  /** Absolute; holds the database, the files, the backups and the vault. Made when it is not there. */
  readonly dataFolder: string;
  /** The config file, already read as text; null when there is none. */
  readonly config: { readonly text: string; readonly path: string } | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly host: 'desktop' | 'browser';
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly keyWrap: KeyWrap;
  /** How long platforms may take to answer; default: see `http-call.ts`. */
  readonly timeouts?: CallTimeouts;
  /** One line, before anything runs, when the database was damaged and what was done about it. */
  readonly onRecovered?: (line: string) => void;
  /** What looks into ready files; default: a thread of its own. */
  readonly inspector?: FileInspector;
}

/** A file that may leave the station: verified, and lying at `path`. */
export interface ReadyFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/** A station as its host sees it: the contract's handlers and events, and the files that it may give out. */
export interface Station {
  readonly handlers: Omit<Handlers, HostGroup>;
  readonly events: EventSource;
  /** Who makes the calls of each wire, and what they may do. */
  readonly access: Access;
  /** The verified file with this id; null when it is not there or not ready. */
  readyFile(fileId: number): Promise<ReadyFile | null>;
  /** Writes down that ready files left by drag or download: "dragged out, unverified". */
  noteDraggedOut(fileIds: readonly number[], by: string): Promise<void>;
  /** The machine was asleep: the platforms' lists are compared with ours at once. */
  resumed(): Promise<void>;
  start(): Promise<void>;
  /** Takes no more work, waits for what runs, closes the database. */
  stop(): Promise<void>;
}
