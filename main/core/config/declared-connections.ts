import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { commonSettings } from '../connections/common-settings.ts';
import type { Platform } from '../platforms/platform.ts';
import { ConfigError, type ConfigFile, type SecretSource, secretSource } from './config-file.ts';

/** A connection that the config file declares: its secrets are in memory only. */
export interface DeclaredConnection {
  readonly id: string;
  readonly platform: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface ResolveDeps {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly configPath: string;
}

const readSecret = async (source: SecretSource, where: string, deps: ResolveDeps): Promise<string> => {
  if (typeof source === 'string') return source;
  if ('env' in source) {
    const value = deps.environment[source.env];
    if (value === undefined || value === '') {
      throw new ConfigError(`${where}: the environment variable ${source.env} is not set`);
    }
    return value;
  }
  const path = resolve(dirname(deps.configPath), source.file);
  const secret = await readFile(path, 'utf8').catch(() => null);
  if (secret === null) throw new ConfigError(`${where}: the file ${path} cannot be read`);
  if (secret.trim() === '') throw new ConfigError(`${where}: the file ${path} is empty`);
  return secret.trim();
};

const asObject = z.record(z.string(), z.unknown()).catch({});

const firstIssue = (error: { issues: { path: PropertyKey[]; message: string }[] }): string => {
  const issue = error.issues[0];
  return `${issue?.path.join('.') || 'settings'}: ${issue?.message ?? 'invalid'}`;
};

/** Checks the declared connections against their platforms and fetches their secrets. Throws a ConfigError. */
export const resolveConnections = async (
  config: ConfigFile,
  platforms: readonly Platform[],
  deps: ResolveDeps,
): Promise<readonly DeclaredConnection[]> =>
  Promise.all(
    (config.connections ?? []).map(async ({ id, platform: platformId, ...rest }) => {
      const where = `${deps.configPath}: connection ${id}`;
      const platform = platforms.find((candidate) => candidate.id === platformId);
      if (platform === undefined) {
        const known = platforms.map((candidate) => candidate.id).join(', ');
        throw new ConfigError(`${where}: the platform ${platformId} is not known (known: ${known})`);
      }
      const secrets: Record<string, string> = {};
      const settings: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(rest)) {
        if (!platform.secretNames.includes(name)) {
          settings[name] = value;
          continue;
        }
        const source = secretSource.safeParse(value);
        if (!source.success) throw new ConfigError(`${where}: ${name}: give a string, {"env": …} or {"file": …}`);
        secrets[name] = await readSecret(source.data, `${where}: ${name}`, deps);
      }
      const known = new Set<string>();
      for (const schema of [commonSettings, platform.settingsSchema]) {
        const parsed = schema.safeParse(settings);
        if (!parsed.success) throw new ConfigError(`${where}: ${firstIssue(parsed.error)}`);
        for (const name of Object.keys(asObject.parse(parsed.data))) known.add(name);
      }
      // A secret under a mistyped name would go to the database, and from there into every backup.
      const stranger = Object.keys(settings).find((name) => !known.has(name.split('.', 1)[0] ?? name));
      if (stranger !== undefined) throw new ConfigError(`${where}: ${platform.name} has no setting ${stranger}`);
      return { id, platform: platformId, settings, secrets };
    }),
  );
