import path from 'node:path';
import { createFileLogger } from './core/logging/file-logger.ts';
import { createKeyFileWrap } from './core/secrets/key-file-wrap.ts';
import { createStation } from './core/station.ts';
import { prepareBeforeReady } from './hosts/electron/before-ready.ts';
import { readCommandLine } from './hosts/electron/command-line.ts';
import { openDesktop } from './hosts/electron/open-desktop.ts';
import { TrainingRoom } from './training/training-room.ts';

const options = readCommandLine(process.argv, process.cwd());
// Awaited here, because Electron becomes ready only after its entry's top level has ended.
const dataFolder = await prepareBeforeReady(options.dataFolder);

void openDesktop({
  createStation,
  createKeyFileWrap,
  createTraining: (place) => new TrainingRoom({ ...place, createStation }),
  logger: createFileLogger(path.join(dataFolder, 'logs')),
  options,
  dataFolder,
  builtFolder: path.dirname(import.meta.dirname),
  environment: process.env,
  processEvents: process,
});
