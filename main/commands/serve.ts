import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { createFileLogger, type FileLogger } from '../core/logging/file-logger.ts';
import { toMoment } from '../core/ports/clock.ts';
import { errorText } from '../core/ports/logger.ts';
import { createKeyFileWrap } from '../core/secrets/key-file-wrap.ts';
import type { StationDeps } from '../core/station-face.ts';
import { startLoopbackHost } from '../hosts/loopback/loopback-host.ts';
import { removeStationFile, writeStationFile } from '../hosts/loopback/station-file.ts';
import { TrainingRoom } from '../training/training-room.ts';
import { CommandFailure } from './command-failure.ts';
import type { CommandIo } from './command-io.ts';
import { endAfterBug } from './end-after-bug.ts';
import { filledText } from './input-schemas.ts';

export const serveOptions = z.object({
  config: filledText.optional(),
  uiPort: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port, 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port, 0 to 65535')
    .default(0),
  ui: z.boolean().default(true),
});
export type ServeOptions = z.output<typeof serveOptions>;

/** Runs a station on the data folder until someone asks the process to stop; asked twice, it exits at once. */
export const serve = async (dataFolder: string, options: ServeOptions, json: boolean, io: CommandIo): Promise<void> => {
  let askedToStop = false;
  const interrupted = new Promise<void>((resolveInterrupted) =>
    io.onInterrupt(() => {
      if (askedToStop) io.exitAtOnce();
      askedToStop = true;
      resolveInterrupted();
    }),
  );
  const config = await readConfig(options.config, io);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new CommandFailure(`the data folder cannot be made: ${errorText(error)}`);
  });
  const logger = createFileLogger(join(dataFolder, 'logs'));
  const leaveBugs = endAfterBug(io, logger);
  try {
    const station = await io.createStation(stationDeps(dataFolder, config, logger, io));
    const training = new TrainingRoom({
      real: station,
      createStation: (deps) => io.createStation(deps),
      folder: join(dataFolder, 'training'),
      host: 'browser',
      version: io.version,
      clock: io.clock,
      logger,
    });
    try {
      await station.start();
      const host = await startLoopbackHost({
        station,
        training,
        version: io.version,
        port: options.uiPort,
        rendererFolder: options.ui ? io.rendererFolder : null,
        clock: io.clock,
        logger,
      });
      try {
        const running = {
          pid: process.pid,
          url: host.url,
          token: host.token,
          version: io.version,
          startedAt: toMoment(io.clock.nowMs()),
        };
        await writeStationFile(dataFolder, running);
        const address = `${host.url}/#token=${host.token}`;
        io.out(json ? `${JSON.stringify({ ...running, address, dataFolder })}\n` : `Platen is ready: ${address}\n`);
        logger.info('the station is ready', { url: host.url, version: io.version, dataFolder });
        await interrupted;
        logger.info('the station was asked to stop');
      } finally {
        await removeStationFile(dataFolder, host.token);
        await host.stop();
      }
    } finally {
      await training.stop();
      await station.stop();
    }
  } catch (error) {
    logger.error('the station ended with a failure', { cause: errorText(error) });
    throw error;
  } finally {
    await logger.close();
    leaveBugs();
  }
};

const stationDeps = (
  dataFolder: string,
  config: StationDeps['config'],
  logger: FileLogger,
  io: CommandIo,
): StationDeps => ({
  dataFolder,
  config,
  environment: io.environment,
  host: 'browser',
  version: io.version,
  clock: io.clock,
  logger,
  keyWrap: createKeyFileWrap(join(dataFolder, 'vault.key')),
  onRecovered: (line) => io.err(`platen: ${line}\n`),
});

const readConfig = async (given: string | undefined, io: CommandIo): Promise<StationDeps['config']> => {
  if (given === undefined) return null;
  const path = resolve(io.currentFolder, given);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      `the config file ${path} cannot be read: ${error.code === 'ENOENT' ? 'it does not exist' : errorText(error)}`,
    );
  });
  return { text, path };
};
