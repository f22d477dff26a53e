import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const lockfile = z.object({ packages: z.record(z.string(), z.object({ license: z.string().optional() })) });
const manifest = z.object({ license: z.string().optional() });

export interface InstalledPackage {
  readonly name: string;
  readonly licence: string | null;
}

/** What its own manifest says; undefined when it is not installed here. */
const installedLicence = async (root: string, folder: string): Promise<string | null | undefined> => {
  const text = await readFile(path.join(root, folder, 'package.json'), 'utf8').catch(() => null);
  return text === null ? undefined : (manifest.parse(JSON.parse(text)).license ?? null);
};

/**
 * Every package of the lockfile with its licence, by its own manifest or, for one that only another platform has, by
 * the lockfile. `unknown` are those of other platforms of which the lockfile tells nothing.
 */
export const readInstalledPackages = async (
  root: string,
): Promise<{ readonly packages: readonly InstalledPackage[]; readonly unknown: readonly string[] }> => {
  const { packages } = lockfile.parse(JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')));
  const found = await Promise.all(
    Object.entries(packages)
      .filter(([folder]) => folder !== '')
      .map(async ([folder, { license }]) => {
        const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
        const own = await installedLicence(root, folder);
        return { name, licence: own === undefined ? license : own };
      }),
  );
  return {
    packages: found.flatMap(({ name, licence }) => (licence === undefined ? [] : [{ name, licence }])),
    unknown: found.filter(({ licence }) => licence === undefined).map(({ name }) => name),
  };
};
