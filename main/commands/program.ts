import { resolve } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { folderCommands, stationCommands } from './all-commands.ts';
import { type Answer, widestLine } from './answer.ts';
import { CommandFailure } from './command-failure.ts';
import type { CommandIo } from './command-io.ts';
import { dataFolderOf } from './data-folder.ts';
import { serve, serveOptions } from './serve.ts';
import type { DeclaredCommand, FolderCommand, StationCommand } from './station-command.ts';
import { connectToStation, type StationLink } from './station-link.ts';
import { watch } from './watch/watch.ts';
import { wrap } from './wrap.ts';
import { readInput } from './wrong-input.ts';

const globalOptions = z.object({
  data: z.string().min(1, 'must not be empty').optional(),
  json: z.boolean().default(false),
});

/** The whole command line as a commander program. It prints through `io` only and throws instead of exiting. */
export const createProgram = (io: CommandIo): Command => {
  const program = new Command('platen')
    .description('Orders in, verified files to the hot folders, signals back: the station of a print shop.')
    .option('--data <folder>', 'the data folder (default: $PLATEN_DATA, or one per user)')
    .option('--json', 'print JSON with the keys of the contract')
    .version(io.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true, helpWidth: widestLine })
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: () => undefined,
      outputError: () => undefined, // The one line on stderr is printed where the failure is caught.
      getOutHelpWidth: () => widestLine,
      getOutHasColors: () => false,
    })
    .exitOverride();

  program
    .command('serve')
    .helpGroup('The station:')
    .description('Run a station; prints its address when it is ready')
    .option('--config <file>', 'the config file')
    .option('--ui-port <port>', 'the port of the screens on 127.0.0.1 (default: any free one)')
    .option('--no-ui', 'without the screens')
    .action(async (_options, command: Command) => {
      const { dataFolder, json } = readGlobals(command, io);
      await serve(
        dataFolder,
        readInput(command, () => serveOptions.parse(command.opts())),
        json,
        io,
      );
    });
  program
    .command('watch')
    .helpGroup('Looking:')
    .description('Follow orders, transfers, jobs and signals until interrupted')
    .action(async (_options, command: Command) => {
      const { dataFolder, json } = readGlobals(command, io);
      await withStation(dataFolder, (link) => watch(link, json, io));
    });
  for (const declared of stationCommands) addStationCommand(program, declared, io);
  for (const declared of folderCommands) addFolderCommand(program, declared, io);
  return program;
};

const addStationCommand = (program: Command, declared: StationCommand, io: CommandIo): void =>
  addCommand(program, declared, io, (ask, dataFolder) =>
    withStation(dataFolder, ({ client }) =>
      ask({ client, resolvePath: resolvePathOf(io), askSecret: (question) => io.askSecret(question) }),
    ),
  );

const addFolderCommand = (program: Command, declared: FolderCommand, io: CommandIo): void =>
  addCommand(program, declared, io, (work, dataFolder) =>
    work({ dataFolder, nowMs: io.clock.nowMs(), resolvePath: resolvePathOf(io) }),
  );

const resolvePathOf =
  (io: CommandIo) =>
  (path: string): string =>
    resolve(io.currentFolder, path);

const addCommand = <Context>(
  program: Command,
  declared: DeclaredCommand<Context>,
  io: CommandIo,
  carryOut: (work: (context: Context) => Promise<Answer>, dataFolder: string) => Promise<Answer>,
): void => {
  const command = program.command(declared.usage).helpGroup(declared.group).summary(declared.summary);
  command.description([declared.summary, ...(declared.details === undefined ? [] : [declared.details])].join('\n'));
  if (declared.alias !== undefined) command.alias(declared.alias);
  for (const [flags, description] of declared.options) command.option(flags, description);
  command.action(async () => {
    const { dataFolder, json } = readGlobals(command, io);
    const input = { ...namedArguments(command), ...command.opts() };
    const work = readInput(command, () => declared.prepare(input));
    const answer = await carryOut(work, dataFolder);
    const width = Math.min(widestLine, io.terminal?.columns() ?? widestLine);
    const lines = json
      ? [JSON.stringify(answer.json, null, 2)]
      : answer.lines({ width, nowMs: io.clock.nowMs() }).flatMap((line) => wrap(line, width));
    io.out(`${lines.join('\n')}\n`);
    if (answer.failure !== undefined) throw new CommandFailure(answer.failure);
  });
};

const readGlobals = (command: Command, io: CommandIo): { readonly dataFolder: string; readonly json: boolean } => {
  const { data, json } = readInput(command, () => globalOptions.parse(command.optsWithGlobals()));
  return { dataFolder: dataFolderOf(data, io), json };
};

const withStation = async <Result>(
  dataFolder: string,
  work: (link: StationLink) => Promise<Result>,
): Promise<Result> => {
  const link = await connectToStation(dataFolder);
  try {
    return await work(link);
  } finally {
    link.close();
  }
};

/** The arguments under their names, as the schemas of the commands want them. */
const namedArguments = (command: Command): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    command.registeredArguments.map((argument, index): [string, unknown] => [
      argument.name(),
      command.processedArgs[index],
    ]),
  );
