import { CommanderError } from 'commander';
import { ContractError } from '../contract/failure.ts';
import { errorText } from '../core/ports/logger.ts';
import { CommandFailure, exitCodes } from './command-failure.ts';
import type { CommandIo } from './command-io.ts';
import { createProgram } from './program.ts';
import { printable } from './table.ts';

/** Runs one command line and answers its exit code. A failure is one line on stderr; nothing is thrown. */
export const runCommand = async (args: readonly string[], io: CommandIo): Promise<number> => {
  try {
    await createProgram(io).parseAsync(asOptions(args), { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { line, exitCode } = failureOf(error);
    io.err(`platen: ${printable(line)}\n`);
    return exitCode;
  }
};

/** No command at all, and `help COMMAND`, ask for the help. */
const asOptions = (args: readonly string[]): readonly string[] => {
  if (args.length === 0) return ['--help'];
  return args[0] === 'help' ? [...args.slice(1), '--help'] : args;
};

const failureOf = (error: unknown): { readonly line: string; readonly exitCode: number } => {
  if (error instanceof CommanderError) {
    return { line: error.message.replace(/^error: /, ''), exitCode: exitCodes.usage };
  }
  if (error instanceof CommandFailure) return { line: error.message, exitCode: error.exitCode };
  // A station's words are kept whole; of an unexpected error one line must do.
  return { line: error instanceof ContractError ? error.message : errorText(error), exitCode: exitCodes.failed };
};
