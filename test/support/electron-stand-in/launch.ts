import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Command, profileVariable, type Report } from './messages.ts';

export interface StandInOptions {
  /** The built entry, `out/main/index.js`. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The app as it runs under the stand-in. */
export interface StandIn {
  readonly page: Page;
  readonly reports: readonly Report[];
  /** Resolves with the first report of this kind, past or future, that `matches`. */
  until<Kind extends Report['kind']>(
    kind: Kind,
    matches?: (found: Extract<Report, { kind: Kind }>) => boolean,
  ): Promise<Extract<Report, { kind: Kind }>>;
  command(command: Command): void;
  /** The app's exit code, when it has ended by itself. */
  readonly exited: Promise<number | null>;
  /** Ends whatever still runs and removes the profile. */
  dispose(): Promise<void>;
}

const startTimeoutMs = 60_000;

const isKind = <Kind extends Report['kind']>(found: Report, kind: Kind): found is Extract<Report, { kind: Kind }> =>
  found.kind === kind;

class RunningApp {
  readonly reports: Report[] = [];
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();
  #output = '';
  #ended = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: Report) => {
      this.reports.push(message);
      this.#wake();
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        this.#output += text.toString();
      });
    }
    this.exited = new Promise((resolve) => {
      child.once('exit', (code) => {
        this.#ended = true;
        this.#wake();
        resolve(code);
      });
    });
  }

  #wake(): void {
    for (const look of this.#waiting) look();
  }

  until<Kind extends Report['kind']>(
    kind: Kind,
    matches: (found: Extract<Report, { kind: Kind }>) => boolean = () => true,
  ): Promise<Extract<Report, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timeout);
        this.#waiting.delete(look);
      };
      const give = (why: string): void => {
        done();
        reject(new Error(`no report "${kind}": ${why}\n${JSON.stringify(this.reports)}\n${this.#output}`));
      };
      const look = (): void => {
        for (const found of this.reports) {
          if (!isKind(found, kind) || !matches(found)) continue;
          done();
          resolve(found);
          return;
        }
        if (this.#ended) give('the app has ended');
      };
      const timeout = setTimeout(() => give('it took too long'), startTimeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  command(command: Command): void {
    this.#child.send(command);
  }

  async end(): Promise<void> {
    if (!this.#ended) this.#child.kill('SIGKILL');
    await this.exited;
  }
}

const pageOf = (browser: Browser): Page => {
  const page = browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((each) => each.url().startsWith('http://app-platen.localhost/'));
  if (page === undefined) throw new Error('the app has loaded no page');
  return page;
};

/** Starts the built app under the stand-in and waits until its page is loaded. */
export const launchStandIn = async (options: StandInOptions): Promise<StandIn> => {
  const profile = await mkdtemp(path.join(tmpdir(), 'platen-stand-in-'));
  const child = fork(path.join(import.meta.dirname, 'run.ts'), [options.entry, ...options.args], {
    execArgv: ['--import', path.join(import.meta.dirname, 'loader.ts')],
    env: { ...process.env, ...options.environment, [profileVariable]: profile },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const app = new RunningApp(child);
  const opened: { browser: Browser | null } = { browser: null };

  const dispose = async (): Promise<void> => {
    await opened.browser?.close().catch(() => undefined);
    await app.end();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const { endpoint } = await app.until('browser');
    opened.browser = await chromium.connectOverCDP(endpoint);
    await app.until('loaded');
    return {
      page: pageOf(opened.browser),
      reports: app.reports,
      until: (kind, matches) => app.until(kind, matches),
      command: (command) => app.command(command),
      exited: app.exited,
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
};
