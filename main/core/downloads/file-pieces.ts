import { type FileHandle, open } from 'node:fs/promises';
import { locally } from './part-file.ts';

/** Pieces of a file, read where they lie. A piece that reaches beyond the file's end is shorter, one from elsewhere empty. */
export class FilePieces {
  readonly #handle: FileHandle;
  readonly bytes: number;

  private constructor(handle: FileHandle, bytes: number) {
    this.#handle = handle;
    this.bytes = bytes;
  }

  /** Lends the pieces of the file at `path` for as long as `read` runs. Throws a LocalFileError when it cannot be read. */
  static async with<Result>(path: string, read: (file: FilePieces) => Promise<Result>): Promise<Result> {
    const handle = await locally(() => open(path, 'r'));
    try {
      const { size } = await locally(() => handle.stat());
      return await read(new FilePieces(handle, size));
    } finally {
      await handle.close();
    }
  }

  async at(from: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(from < 0 ? 0 : Math.max(0, Math.min(length, this.bytes - from)));
    for (let filled = 0; filled < buffer.length; ) {
      const { bytesRead } = await locally(() =>
        this.#handle.read(buffer, filled, buffer.length - filled, from + filled),
      );
      if (bytesRead === 0) return buffer.subarray(0, filled);
      filled += bytesRead;
    }
    return buffer;
  }

  /** The last bytes, and where in the file they begin. */
  async tail(length: number): Promise<{ readonly piece: Buffer; readonly from: number }> {
    const from = Math.max(0, this.bytes - length);
    return { piece: await this.at(from, length), from };
  }
}
