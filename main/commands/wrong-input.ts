import type { Command } from 'commander';
import { z } from 'zod';
import { CommandFailure, exitCodes } from './command-failure.ts';

/** Runs a check of arguments and options; what it refuses becomes one line that names them as they are written. */
export const readInput = <Input>(command: Command, check: () => Input): Input => {
  try {
    return check();
  } catch (error) {
    if (error instanceof z.ZodError) throw new CommandFailure(lineOf(error, command), exitCodes.usage);
    throw error;
  }
};

const lineOf = (error: z.ZodError, command: Command): string => {
  const issue = error.issues[0];
  const name = issue?.path[0];
  if (issue === undefined) return 'the command is wrong';
  if (name === undefined) return issue.message;
  const owners = [command, command.parent];
  const option = owners.flatMap((owner) => owner?.options ?? []).find((each) => each.attributeName() === name);
  return `${option?.long ?? String(name)} ${issue.message}`;
};
