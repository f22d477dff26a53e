import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig } from './config/config-file.ts';
import { resolveConnections } from './config/declared-connections.ts';
import { SettingsBook } from './config/station-settings.ts';
import { BudgetBook } from './connections/budget-book.ts';
import { ConnectionDirectory } from './connections/connection-directory.ts';
import { declareConnections } from './connections/declare-connections.ts';
import { openChannels } from './connections/open-channels.ts';
import { PlatformWays } from './connections/platform-ways.ts';
import { PeopleDesk } from './people/people-desk.ts';
import { createPlatforms } from './platforms/platforms.ts';
import { openStationStore } from './recovery/open-station-store.ts';
import { ConnectionSecrets } from './secrets/connection-secrets.ts';
import { Vault } from './secrets/vault.ts';
import type { StationDeps } from './station-face.ts';

/**
 * Opens what all parts of a station stand on: config, vault, database, connections and their budgets, people. Rejects
 * with one clear line when it cannot be used: in use, made by a newer version, a config file or vault that cannot be read.
 */
export const openFoundation = async (deps: StationDeps) => {
  const { clock, logger, dataFolder } = deps;
  const platforms = createPlatforms();
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const config = deps.config === null ? null : parseConfig(deps.config.text, deps.config.path);
  const declared =
    deps.config === null || config === null
      ? []
      : await resolveConnections(config, platforms, {
          environment: deps.environment,
          configPath: deps.config.path,
        });
  const secrets = new ConnectionSecrets(await Vault.open(join(dataFolder, 'vault.json'), deps.keyWrap));
  const store = await openStationStore({
    dataFolder,
    nowMs: clock.nowMs(),
    onRecovered: (line) => {
      logger.error(line);
      deps.onRecovered?.(line);
    },
  });
  const settings = await SettingsBook.open(store, config, dataFolder);
  const connections = new ConnectionDirectory({ store, platforms, secret: (id, name) => secrets.get(id, name) });
  for (const connection of declared) secrets.declare(connection.id, connection.secrets);
  await declareConnections(store, declared, clock.nowMs());
  await connections.reload();
  await store.write((transaction) => openChannels(transaction, connections.all(), clock.nowMs()));
  const budgets = await BudgetBook.open({ store, clock, limitOf: (id) => connections.find(id)?.rate ?? null });
  const ways = new PlatformWays({
    clock,
    budgets,
    ...(deps.timeouts === undefined ? {} : { timeouts: deps.timeouts }),
  });
  const people = await PeopleDesk.open({ store, clock, logger });
  const declaredHotFolders = config === null ? {} : { declared: config.hotFolders ?? [] };
  return { platforms, secrets, store, settings, connections, budgets, ways, people, declaredHotFolders };
};
