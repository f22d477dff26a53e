import type { z } from 'zod';
import type { Client } from '../contract/contract.ts';
import type { Answer } from './answer.ts';

/** A command that asks the running station something, declared as plain data. */
export interface StationCommand {
  readonly group: CommandGroup;
  /** Name and arguments, as in `order <order>`. */
  readonly usage: string;
  readonly alias?: string;
  readonly summary: string;
  /** A further line in the command's own help. */
  readonly details?: string;
  /** Flags with their descriptions, as in `--stage <stage>`. */
  readonly options: readonly (readonly [flags: string, description: string])[];
  /** Checks arguments and options, given as text; what it answers asks the station. Throws a ZodError. */
  prepare(rawInput: unknown): (context: CommandContext) => Promise<Answer>;
}

export type CommandGroup = 'The station:' | 'Looking:' | 'Working:' | 'Keeping safe:';

export interface CommandContext {
  readonly client: Client;
  /** Makes a path on the command line absolute. */
  readonly resolvePath: (path: string) => string;
  /** Asks for a secret: typed unseen at a terminal, else piped in. */
  readonly askSecret: (question: string) => Promise<string>;
}

interface Definition<Input> extends Omit<StationCommand, 'prepare' | 'options'> {
  readonly options?: StationCommand['options'];
  /** Reads arguments and options, by their camel-case names, from text. */
  readonly input: z.ZodType<Input>;
  readonly run: (context: CommandContext, input: Input) => Promise<Answer>;
}

/** Declares a command. Its `run` sees only input that its schema has accepted. */
export const stationCommand = <Input>(definition: Definition<Input>): StationCommand => ({
  group: definition.group,
  usage: definition.usage,
  ...(definition.alias === undefined ? {} : { alias: definition.alias }),
  summary: definition.summary,
  ...(definition.details === undefined ? {} : { details: definition.details }),
  options: definition.options ?? [],
  prepare: (rawInput) => {
    const input = definition.input.parse(rawInput);
    return (context) => definition.run(context, input);
  },
});
