import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface NodeChild {
  /** The next line that it prints; rejects when it ends first. */
  line(): Promise<string>;
  /** Ends it as a power cut would: it has no chance to tidy up. */
  kill(): Promise<void>;
}

/** Runs a TypeScript file in a Node process of its own; it is gone after the test at the latest. */
export const startNodeChild = (file: URL, args: readonly string[]): NodeChild => {
  const child = spawn(process.execPath, ['--no-warnings', fileURLToPath(file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return {
    line: async () => {
      const next = await lines.next();
      if (next.done === true) throw new Error('the process ended without a line');
      return next.value;
    },
    kill,
  };
};
