import type { FileLogger } from '../core/logging/file-logger.ts';
import { redactText } from '../core/logging/redact.ts';
import { errorText } from '../core/ports/logger.ts';
import type { CommandIo } from './command-io.ts';

const bugExitCode = 1;

/**
 * What happens to a serving station after a bug that nothing caught: written down, then the end, because the state is
 * unknown and every step of the work is on the disk; whoever keeps the service running starts it again. Node's own way
 * would print the error as it is, with whatever key or address stands in it. Answers a function that calls it off.
 */
export const endAfterBug = (io: Pick<CommandIo, 'onBug' | 'err' | 'exitAtOnce'>, logger: FileLogger): (() => void) => {
  let ending = false;
  const end = async (error: unknown): Promise<void> => {
    if (ending) return;
    ending = true;
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    logger.error('the station ends after an error that nothing caught', { cause });
    await logger.close();
    io.err(`platen: the station ended after an error that nothing caught: ${redactText(errorText(error))}\n`);
    io.exitAtOnce(bugExitCode);
  };
  return io.onBug((error) => void end(error));
};
