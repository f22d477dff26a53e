import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface RotatingFileOptions {
  readonly folder: string;
  /** The newest lines are in `NAME.log`, older ones in `NAME.1.log`, `NAME.2.log`, … */
  readonly name: string;
  readonly maxBytes: number;
  readonly maxFiles: number;
}

/** Lines that may wait for a slow disk; beyond that they are dropped and counted. */
const maxWaitingBytes = 4 * 1024 * 1024;

/** Appends lines to a file that starts anew when it is full. A disk that refuses costs lines, never the station. */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #droppedLines = 0;
  #file: FileHandle | null = null;
  #fileBytes = 0;
  #draining: Promise<void> | null = null;
  #closed = false;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /** Takes one line with its line end; it is on its way to the disk when this returns. */
  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#closed || this.#waitingBytes + bytes > maxWaitingBytes) {
      this.#droppedLines += 1;
      return;
    }
    this.#waiting.push(line);
    this.#waitingBytes += bytes;
    this.#draining ??= this.#drain();
  }

  /** Waits until everything written so far has been given to the disk, or refused by it. */
  async flush(): Promise<void> {
    while (this.#draining !== null) await this.#draining;
  }

  /** Everything written so far is on the disk; nothing is taken any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
    const file = this.#file;
    this.#file = null;
    await file?.sync().catch(() => undefined);
    await file?.close().catch(() => undefined);
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      this.#waitingBytes = 0;
      try {
        await this.#append(lines);
      } catch {
        this.#droppedLines += lines.length;
        await this.#file?.close().catch(() => undefined);
        this.#file = null;
      }
    }
    this.#draining = null;
  }

  async #append(lines: readonly string[]): Promise<void> {
    for (const chunk of this.#chunks(lines)) {
      const bytes = Buffer.byteLength(chunk);
      const file = await this.#fileWithRoom(bytes);
      if (this.#droppedLines > 0) {
        const dropped = this.#droppedLines;
        this.#droppedLines = 0;
        this.#fileBytes += (
          await file.write(`${JSON.stringify({ msg: 'log lines were dropped', dropped })}\n`)
        ).bytesWritten;
      }
      await file.appendFile(chunk);
      this.#fileBytes += bytes;
    }
  }

  /** Joins lines to few writes, none of them larger than a file. */
  *#chunks(lines: readonly string[]): Generator<string> {
    let chunk = '';
    for (const line of lines) {
      if (chunk !== '' && Buffer.byteLength(chunk) + Buffer.byteLength(line) > this.#options.maxBytes / 4) {
        yield chunk;
        chunk = '';
      }
      chunk += line;
    }
    if (chunk !== '') yield chunk;
  }

  async #fileWithRoom(bytes: number): Promise<FileHandle> {
    if (this.#file !== null && this.#fileBytes + bytes <= this.#options.maxBytes) return this.#file;
    if (this.#file === null) {
      const file = await this.#open();
      if (this.#fileBytes === 0 || this.#fileBytes + bytes <= this.#options.maxBytes) return file;
    }
    await this.#file?.close();
    this.#file = null;
    await this.#shift();
    return this.#open();
  }

  async #open(): Promise<FileHandle> {
    await mkdir(this.#options.folder, { recursive: true });
    const file = await open(this.#path(0), 'a', 0o600);
    this.#file = file;
    this.#fileBytes = (await file.stat()).size;
    return file;
  }

  /** Makes room for a new first file: each moves one number up, the oldest goes. */
  async #shift(): Promise<void> {
    const last = this.#options.maxFiles - 1;
    await rm(this.#path(last), { force: true });
    for (let number = last - 1; number >= 0; number -= 1) {
      await rename(this.#path(number), this.#path(number + 1)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }

  #path(number: number): string {
    return join(
      this.#options.folder,
      number === 0 ? `${this.#options.name}.log` : `${this.#options.name}.${number}.log`,
    );
  }
}
