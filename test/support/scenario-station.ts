import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createClient } from '../../main/contract/client.ts';
import type { Client } from '../../main/contract/contract.ts';
import { createMemoryWires } from '../../main/contract/memory-wire.ts';
import { ContractServer } from '../../main/contract/server.ts';
import { type Clock, systemClock } from '../../main/core/ports/clock.ts';
import { errorText, type Logger, silentLogger } from '../../main/core/ports/logger.ts';
import { createKeyFileWrap } from '../../main/core/secrets/key-file-wrap.ts';
import { createStation } from '../../main/core/station.ts';
import { noDesktop } from './no-desktop.ts';
import { noTrainingCalls } from './no-training.ts';
import type { Shop } from './scenario-shop.ts';

/** A station at work, as a person and as the platform reach it. */
export interface RunningStation {
  readonly client: Client;
  /** The intake of the connection `cp`. */
  readonly intakeUrl: string;
  /** The intake itself, without a trailing slash. */
  readonly intakeBase: string;
}

export interface InProcessStation extends RunningStation {
  /** Calls of the contract that failed by a bug. */
  readonly unexpected: readonly string[];
  /** Ends it in good order; also done after the test. */
  stop(): Promise<void>;
}

export interface StationOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** Where the intake of a running station listens. */
export const intakeBaseOf = async (client: Client): Promise<string> => {
  const { station } = await client.station.get({});
  if (station.intake.url === null) throw new Error(`the intake is ${station.intake.state}: ${station.intake.problem}`);
  return station.intake.url;
};

/** Starts a station of the shop in this very process. It stops after the test. */
export const startStation = async (shop: Shop, options: StationOptions = {}): Promise<InProcessStation> => {
  const station = await createStation({
    dataFolder: shop.dataFolder,
    config: { text: shop.configText, path: shop.configPath },
    environment: {},
    host: 'browser',
    version: '0.0.0',
    clock: options.clock ?? systemClock,
    logger: options.logger ?? silentLogger,
    keyWrap: createKeyFileWrap(join(shop.dataFolder, 'vault.key')),
  });
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= station.stop());
  onTestFinished(stop);
  await station.start();

  const unexpected: string[] = [];
  const wires = createMemoryWires();
  const server = new ContractServer({
    handlers: { ...station.handlers, desktop: noDesktop, training: noTrainingCalls },
    access: station.access,
    events: station.events,
    version: '0.0.0',
    onUnexpected: (call, error) => unexpected.push(`${call}: ${errorText(error)}`),
  });
  server.serve(wires.station, { by: 'screen' });
  const { client } = createClient(wires.client);
  const intakeBase = await intakeBaseOf(client);
  return { client, intakeBase, intakeUrl: `${intakeBase}/in/cp`, unexpected, stop };
};
