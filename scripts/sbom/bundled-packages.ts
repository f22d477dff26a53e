import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What a build's answer tells of the modules that went into it. */
export interface BuiltFiles {
  readonly output: readonly { readonly type: string; readonly modules?: Readonly<Record<string, unknown>> }[];
}

/** A package of which something is shipped. */
export interface ShippedPackage {
  /** Below the checkout, such as `node_modules/a/node_modules/b`: the key of the lockfile. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; null when the package names none. */
  readonly licence: string | null;
  /** What it may need of others. */
  readonly needs: readonly string[];
  /** The text of its licence; null when it brings none. */
  readonly licenceText: string | null;
}

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

/** The folder of the package that a module belongs to; null for our own modules. */
export const packageFolderOf = (moduleId: string): string | null =>
  /^\0?(?:.*?\/)?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/?]+)\//u.exec(
    moduleId.replaceAll('\\', '/'),
  )?.[1] ?? null;

/** The bundler's own helpers, which it writes into what it makes. */
const helperOf = (moduleId: string): string | null => {
  if (moduleId.startsWith('\0rolldown/')) return 'node_modules/rolldown';
  return moduleId.startsWith('\0vite/') ? 'node_modules/vite' : null;
};

/** The folders of all packages of which a module is in these outputs, sorted. */
export const bundledFolders = (outputs: readonly BuiltFiles[]): readonly string[] => {
  const modules = outputs.flatMap(({ output }) => output.flatMap((file) => Object.keys(file.modules ?? {})));
  const folders = modules.flatMap((id) => packageFolderOf(id) ?? helperOf(id) ?? []);
  return [...new Set(folders)].toSorted();
};

const licenceTextIn = async (folder: string): Promise<string | null> => {
  const name = (await readdir(folder)).find((entry) => /^(?:licen[cs]e|copying)(?:$|[.-])/iu.test(entry));
  return name === undefined ? null : readFile(path.join(folder, name), 'utf8');
};

/** What a package says of itself. */
export const readPackage = async (root: string, folder: string): Promise<ShippedPackage> => {
  const own = path.join(root, folder);
  const read = manifest.parse(JSON.parse(await readFile(path.join(own, 'package.json'), 'utf8')));
  return {
    folder,
    name: read.name,
    version: read.version,
    licence: read.license ?? null,
    needs: [...new Set([...Object.keys(read.dependencies), ...Object.keys(read.peerDependencies)])],
    licenceText: await licenceTextIn(own),
  };
};
