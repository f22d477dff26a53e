import { execFile } from 'node:child_process';
import { chmod, rename } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Root writes wherever it likes, so for root a folder is made immutable; everybody else heeds its mode. */
const isRoot = process.getuid?.() === 0;

const setReadOnly = async (path: string, readOnly: boolean): Promise<void> => {
  if (isRoot) await run('chattr', [readOnly ? '+i' : '-i', path]);
  else await chmod(path, readOnly ? 0o555 : 0o755);
};

/** Begins it; answers how it is ended, or null when this system cannot. */
export const troubleHotFolder = async (
  path: string,
  how: 'readOnly' | 'away',
): Promise<(() => Promise<void>) | null> => {
  try {
    if (how === 'readOnly') {
      await setReadOnly(path, true);
      return () => setReadOnly(path, false);
    }
    const away = `${path}-away`;
    await rename(path, away);
    return () => rename(away, path);
  } catch {
    return null;
  }
};
