import { readFile } from 'node:fs/promises';
import { CommandFailure } from './command-failure.ts';

/** Reads a whole text file in UTF-8. Rejects with a CommandFailure; `what` says what it is too large to be. */
export const readTextFile = async (path: string, longestBytes: number, what: string): Promise<string> => {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      `${path} cannot be read: ${error.code === 'ENOENT' ? 'it does not exist' : error.message}`,
    );
  });
  if (bytes.length > longestBytes) throw new CommandFailure(`${path} is too large to be ${what}`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandFailure(`${path} is not text in UTF-8`);
  }
};
