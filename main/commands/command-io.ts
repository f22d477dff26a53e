import type { Clock } from '../core/ports/clock.ts';
import type { Station, StationDeps } from '../core/station-face.ts';

/** Everything the command line needs of the outside: the process itself, or a test. */
export interface CommandIo {
  out(text: string): void;
  err(text: string): void;
  /** Null when the output goes to a file or a pipe. */
  readonly terminal: { columns(): number } | null;
  /** Asks for a secret: typed unseen at a terminal, else piped in. */
  askSecret(question: string): Promise<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
  readonly currentFolder: string;
  readonly version: string;
  readonly clock: Clock;
  /** Where the built screens lie. */
  readonly rendererFolder: string;
  createStation(deps: StationDeps): Promise<Station>;
  /** Tells each time someone asks the process to stop; answers a function that takes the listener off. */
  onInterrupt(listener: () => void): () => void;
  /** Tells of errors that nothing caught; answers a function that takes the listener off. */
  onBug(listener: (error: unknown) => void): () => void;
  /** For the second time someone asks, and after a bug. */
  exitAtOnce(exitCode?: number): void;
}
