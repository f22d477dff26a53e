import type { PlatformView } from '../../contract/connections.ts';
import type { Handlers } from '../../contract/contract.ts';
import { ContractError } from '../../contract/failure.ts';
import { signalKinds } from '../../contract/values.ts';
import { commonSettings } from '../connections/common-settings.ts';
import { pauseConnection, removeConnection, saveConnection } from '../connections/connection-table.ts';
import type { Platform } from '../platforms/platform.ts';
import { connectionViews } from '../views/connection-views.ts';
import type { StationParts } from './station-parts.ts';

/** How long a connection test may take. */
/** As long as a full budget may make a test wait, and then some; each request has its own, shorter limit. */
const testTimeoutMs = 90_000;

const platformView = (platform: Platform): PlatformView => ({
  id: platform.id,
  name: platform.name,
  fields: platform.fields,
  signals: signalKinds.filter((kind) => platform.outgoing?.allKinds.includes(kind) ?? false),
  cancelCauses: platform.cancelCauses,
  produces: platform.outgoing?.allKinds.includes('produce') ?? false,
  takesShopOrders: platform.shopOrders !== undefined,
});

const readOne = async (parts: StationParts, id: string) => {
  const [connection] = await connectionViews(parts.connectionViewDeps(), new Set([id]));
  if (connection === undefined) throw new ContractError('notFound', `there is no connection ${id}`);
  return connection;
};

const checkSettings = (platform: Platform, settings: Readonly<Record<string, unknown>>): void => {
  // Settings lie in the open in the database: a key that strays among them must not get that far.
  const stray = platform.secretNames.find((name) => Object.hasOwn(settings, name));
  if (stray !== undefined) throw new ContractError('invalidInput', `${stray} is a secret: give it as one`);
  for (const schema of [commonSettings, platform.settingsSchema]) {
    const parsed = schema.safeParse(settings);
    const issue = parsed.success ? undefined : parsed.error.issues[0];
    if (issue !== undefined) throw new ContractError('invalidInput', `${issue.path.join('.')}: ${issue.message}`);
  }
};

export const createConnectionHandlers = (parts: StationParts): Handlers['connections'] => {
  const { store, clock, connections, secrets } = parts;

  const refuseWhenDeclared = (id: string): void => {
    if (connections.find(id)?.fromConfig === true) {
      throw new ContractError('conflict', `the connection ${id} is declared by the config file: change it there`);
    }
  };

  const setPaused = async (id: string, pause: boolean, by: string) => {
    await store.write((transaction) => pauseConnection(transaction, id, pause, clock.nowMs(), by));
    parts.pokeAll();
    return { connection: await readOne(parts, id) };
  };

  return {
    list: async () => ({
      ...parts.snapshotMark(),
      connections: await connectionViews(parts.connectionViewDeps()),
      platforms: parts.platforms.map(platformView),
    }),
    save: async ({ id, platform: platformId, settings, secrets: given }, { by }) => {
      refuseWhenDeclared(id);
      const platform = connections.platform(platformId);
      if (platform === null) throw new ContractError('invalidInput', `the platform ${platformId} is not known`);
      checkSettings(platform, settings);
      const stranger = Object.keys(given).find((name) => !platform.secretNames.includes(name));
      if (stranger !== undefined) throw new ContractError('invalidInput', `${platform.name} has no secret ${stranger}`);
      await store.write((transaction) =>
        saveConnection(transaction, { id, platform: platformId, settings, fromConfig: false }, clock.nowMs(), by),
      );
      await secrets.set(id, given);
      await connections.reload();
      await parts.connectionsChanged();
      // A new key is the answer to a refused one: the channel may try again.
      if (Object.keys(given).length > 0) await setPaused(id, false, by);
      parts.pokeAll();
      return { connection: await readOne(parts, id) };
    },
    remove: async ({ id }) => {
      refuseWhenDeclared(id);
      const names = connections.find(id)?.platform.secretNames ?? [];
      await store.write((transaction) => removeConnection(transaction, id));
      await secrets.forget(id, names);
      await connections.reload();
      await parts.connectionsChanged();
      return {};
    },
    test: async ({ id }) => {
      const connection = parts.requireConnection(id);
      const steps = await connection.platform.test(parts.ways.to(connection, AbortSignal.timeout(testTimeoutMs)));
      return { ok: steps.every((step) => step.ok), steps: [...steps] };
    },
    choices: async ({ id, field }) => {
      const connection = parts.requireConnection(id);
      const { platform } = connection;
      const way = parts.ways.to(connection, AbortSignal.timeout(testTimeoutMs));
      const outcome = await platform.choices?.(way, field);
      if (outcome === undefined) throw new ContractError('conflict', `${platform.name} offers nothing for ${field}`);
      if (outcome.kind === 'failed') throw new ContractError('unavailable', outcome.failure.message, true);
      return { choices: [...outcome.choices], note: outcome.note };
    },
    reconcile: async ({ id }) => {
      const { platform } = parts.requireConnection(id);
      if (platform.jobs === undefined) throw new ContractError('conflict', `${platform.name} has no list to ask`);
      await parts.reconcile(id, 'asked');
      return { connection: await readOne(parts, id) };
    },
    pause: ({ id }, { by }) => setPaused(id, true, by),
    resume: ({ id }, { by }) => setPaused(id, false, by),
  };
};
