import type { z } from 'zod';
import type { Client } from '../contract/contract.ts';
import type { Answer } from './answer.ts';

/** A command declared as plain data. Its context is what it works on. */
export interface DeclaredCommand<Context> {
  readonly group: CommandGroup;
  /** Name and arguments, as in `order <order>`. */
  readonly usage: string;
  readonly alias?: string;
  readonly summary: string;
  /** A further line in the command's own help. */
  readonly details?: string;
  /** Flags with their descriptions, as in `--stage <stage>`. */
  readonly options: readonly (readonly [flags: string, description: string])[];
  /** Checks arguments and options, given as text; what it answers does the work. Throws a ZodError. */
  prepare(rawInput: unknown): (context: Context) => Promise<Answer>;
}

/** A command that asks the running station something. */
export type StationCommand = DeclaredCommand<CommandContext>;

/** A command that works on the data folder itself, whether a station runs or not. */
export type FolderCommand = DeclaredCommand<FolderContext>;

export type CommandGroup = 'The station:' | 'Looking:' | 'Working:' | 'Keeping safe:';

export interface CommandContext {
  readonly client: Client;
  /** Makes a path on the command line absolute. */
  readonly resolvePath: (path: string) => string;
  /** Asks for a secret: typed unseen at a terminal, else piped in. */
  readonly askSecret: (question: string) => Promise<string>;
}

export interface FolderContext {
  readonly dataFolder: string;
  readonly nowMs: number;
  /** Makes a path on the command line absolute. */
  readonly resolvePath: (path: string) => string;
}

interface Definition<Context, Input> extends Omit<DeclaredCommand<Context>, 'prepare' | 'options'> {
  readonly options?: StationCommand['options'];
  /** Reads arguments and options, by their camel-case names, from text. */
  readonly input: z.ZodType<Input>;
  readonly run: (context: Context, input: Input) => Promise<Answer>;
}

const declare = <Context, Input>(definition: Definition<Context, Input>): DeclaredCommand<Context> => ({
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

/** Declares a command. Its `run` sees only input that its schema has accepted. */
export const stationCommand = <Input>(definition: Definition<CommandContext, Input>): StationCommand =>
  declare(definition);

/** The same for a command that works on the data folder. */
export const folderCommand = <Input>(definition: Definition<FolderContext, Input>): FolderCommand =>
  declare(definition);
