import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { connectToStation, type StationLink } from '../../../main/commands/station-link.ts';
import type { BuiltStation } from './build-station.ts';
import type { ClockCourse } from './turned-clock.ts';

const longestStartMs = 60_000;
const keptOutput = 4_000;
const mostTries = 20;
const tryAgainAfterMs = 250;

export interface StationPlaces {
  readonly built: BuiltStation;
  readonly dataFolder: string;
  readonly configPath: string;
}

/** The station's process, one after another on the same data folder. */
export class StationRunner {
  readonly #places: StationPlaces;
  readonly #course: () => ClockCourse;
  readonly #note: (line: string) => void;
  #mayRefuse: () => boolean = () => false;
  #wasReady = false;
  #child: ChildProcess | null = null;
  #link: StationLink | null = null;
  #killed = false;
  #output = '';
  /** How long each start took until the station said that it is ready. */
  readonly readyMs: number[] = [];
  /** The largest resident size seen of a station's process. */
  largestBytes = 0;
  /** The last words of processes that ended by themselves. */
  readonly deaths: string[] = [];
  /** Starts that were refused with a reason while there was one. */
  refusals = 0;

  constructor(places: StationPlaces, course: () => ClockCourse, note: (line: string) => void = () => undefined) {
    this.#places = places;
    this.#note = note;
    this.#course = course;
  }

  /** When a station may refuse to start: with a full disk it says so and ends. */
  allowRefusals(mayRefuse: () => boolean): void {
    this.#mayRefuse = mayRefuse;
  }

  /** The running station as a client sees it; null while there is none. */
  get link(): StationLink | null {
    return this.#link;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Begins a start and does not wait for it. */
  spawn(): ChildProcess {
    const { built, dataFolder, configPath } = this.#places;
    const args = ['--no-warnings', built.entry, 'serve', '--data', dataFolder, '--config', configPath, '--no-ui'];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: built.compileCache, TORTURE_CLOCK: JSON.stringify(this.#course()) },
    });
    this.#child = child;
    this.#note(`spawned ${child.pid}`);
    this.#killed = false;
    this.#wasReady = false;
    this.#output = '';
    const note = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-keptOutput);
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    child.once('exit', (code, signal) => {
      this.#note(`ended ${child.pid} ${signal ?? code}`);
      if (!this.#killed) this.#noteDeath(`${signal ?? code}: ${this.#output.trim()}`);
      this.#killed = true;
      this.#link?.close();
      this.#link = null;
    });
    return child;
  }

  /** Starts the station and resolves once it is ready; false when it did not become so for a while. */
  async start(): Promise<boolean> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (await this.#startOnce()) return true;
      await delay(tryAgainAfterMs);
    }
    return false;
  }

  async #startOnce(): Promise<boolean> {
    const startedAt = performance.now();
    const child = this.spawn();
    const ready = await this.#untilReady(child);
    if (!ready) return false;
    this.readyMs.push(performance.now() - startedAt);
    this.#wasReady = true;
    this.#note(`ready ${child.pid}`);
    this.#link = await connectToStation(this.#places.dataFolder).catch(() => null);
    await this.noteSize();
    return this.#link !== null;
  }

  /** Tells the running station that its clock was set anew. */
  tellCourse(): void {
    if (this.#child?.connected === true) this.#child.send({ course: this.#course() }, () => undefined);
  }

  /** `kill -9`; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    await this.noteSize();
    const ended = once(child, 'exit');
    if (!this.#killed) {
      this.#killed = true;
      child.kill('SIGKILL');
    }
    await ended;
    this.#child = null;
  }

  /** At this very moment, without waiting for anything. */
  killAtOnce(): void {
    if (this.#killed || this.#child === null) return;
    this.#killed = true;
    this.#child.kill('SIGKILL');
  }

  /** Asks it to stop in good order. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    this.#killed = true;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), longestStartMs);
    await ended;
    clearTimeout(impatience);
    this.#child = null;
  }

  /** Looks how large the process is now, where the system tells. */
  async noteSize(): Promise<void> {
    if (this.pid === null) return;
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8').catch(() => '');
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0);
    this.largestBytes = Math.max(this.largestBytes, kilobytes * 1024);
  }

  #noteDeath(words: string): void {
    if (!this.#wasReady && this.#mayRefuse()) this.refusals += 1;
    else this.deaths.push(words);
  }

  async #untilReady(child: ChildProcess): Promise<boolean> {
    const said = new Promise<boolean>((resolveReady) => {
      child.stdout?.on('data', () => {
        if (this.#output.includes('Platen is ready')) resolveReady(true);
      });
      child.once('exit', () => resolveReady(false));
    });
    const impatience = setTimeout(() => child.kill('SIGKILL'), longestStartMs);
    const ready = await said;
    clearTimeout(impatience);
    return ready;
  }
}
