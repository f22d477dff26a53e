import { z } from 'zod';
import { hotFolderSettings } from '../../contract/hot-folders.ts';
import { slug } from '../../contract/values.ts';

/** A secret in the config file: itself, the name of an environment variable, or a file that holds it. */
export const secretSource = z.union([
  z.string().min(1),
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
]);
export type SecretSource = z.infer<typeof secretSource>;

const connectionEntry = z.looseObject({ id: slug, platform: z.string().min(1) });

/** The config file: it declares what the screens otherwise edit. Every part is optional. */
export const configFile = z.strictObject({
  name: z.string().trim().min(1).max(60).optional(),
  intake: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: z.number().int().min(0).max(65_535).default(8750),
      publicUrl: z.union([z.url(), z.literal('')]).default(''),
      enabled: z.boolean().default(true),
      tls: z.strictObject({ certificateFile: z.string().min(1), keyFile: z.string().min(1) }).optional(),
    })
    .optional(),
  files: z
    .strictObject({
      folder: z.string().min(1),
      nameTemplate: z.string().min(1).max(200),
      concurrency: z.number().int().min(1).max(16),
      perHostConcurrency: z.number().int().min(1).max(16),
      bandwidthBytesPerSecond: z.number().int().nonnegative(),
      minimumFreeBytes: z.number().int().nonnegative(),
      keepDaysAfterShipped: z.number().int().min(1).max(3650),
      keepDaysWhenFull: z.number().int().min(1).max(3650),
    })
    .partial()
    .optional(),
  signals: z
    .strictObject({ undoSeconds: z.number().min(0).max(120) })
    .partial()
    .optional(),
  hotFolders: z.array(hotFolderSettings).optional(),
  connections: z.array(connectionEntry).optional(),
});
export type ConfigFile = z.infer<typeof configFile>;

/** A config file that cannot be used: one line that names the place. */
export class ConfigError extends Error {
  constructor(message: string) {
    // What stands in the file may have line ends of its own.
    super(message.replace(/\p{Cc}+/gu, ' '));
    this.name = 'ConfigError';
  }
}

const duplicate = (ids: readonly string[]): string | undefined => ids.find((id, index) => ids.indexOf(id) !== index);

/** Why it is no JSON, without what stands there: that may be a secret. */
const jsonProblem = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/,? ?(?:\.\.\.)?"[\s\S]*"(?:\.\.\.)? is not valid JSON$/u, '')
    .replace(/\s+/gu, ' ');

/** Reads the config file's text. Throws a ConfigError with one clear line. */
export const parseConfig = (text: string, path: string): ConfigFile => {
  let json: unknown;
  try {
    // Editors on Windows put a byte order mark before the text.
    json = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw new ConfigError(`${path} is not valid JSON: ${jsonProblem(error)}`);
  }
  const parsed = configFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${path}: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'invalid'}`);
  }
  for (const [what, entries] of [
    ['connections', parsed.data.connections],
    ['hotFolders', parsed.data.hotFolders],
  ] as const) {
    const twice = duplicate((entries ?? []).map((entry) => entry.id));
    if (twice !== undefined) throw new ConfigError(`${path}: ${what}: the id ${twice} is there twice`);
  }
  return parsed.data;
};
