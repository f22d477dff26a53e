import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { parseSync } from 'vite';

export interface Import {
  /** A module of this repository by its path from the root, or the name of a package. */
  readonly target: string;
  readonly kind: 'own' | 'package';
  /** Gone at run time: `import type`, or a type in the middle of a line. */
  readonly typeOnly: boolean;
}

export interface SourceModule {
  /** From the root, with `/`. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly readsEnvironment: boolean;
}

export type ImportGraph = ReadonlyMap<string, SourceModule>;

/** Reads all TypeScript below these folders of the root. */
export const readImportGraph = async (root: string, folders: readonly string[]): Promise<ImportGraph> => {
  const graph = new Map<string, SourceModule>();
  for (const folder of folders) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const absolute = join(entry.parentPath, entry.name);
      const path = relative(root, absolute).split(sep).join('/');
      graph.set(path, readModule(path, await readFile(absolute, 'utf8')));
    }
  }
  return graph;
};

const environmentPattern =
  /\bprocess\s*(?:\.|\?\.)\s*env\b|\bprocess\s*\[\s*['"]env['"]\s*\]|\benv\b[^;\n]*from 'node:process'/;
const literalPattern = /^['"`]([^'"`$]+)['"`]$/;
const typeInLinePattern = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Reads one module's imports: static, re-exported, dynamic with a literal name, and types in the middle of a line. */
export const readModule = (path: string, source: string): SourceModule => {
  const { module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const found: { readonly specifier: string; readonly typeOnly: boolean }[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    found.push({ specifier: moduleRequest.value, typeOnly });
  }
  for (const { moduleRequest, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest !== null) found.push({ specifier: moduleRequest.value, typeOnly: isType });
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = literalPattern.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[1];
    if (literal !== undefined) found.push({ specifier: literal, typeOnly: false });
  }
  const known = new Set(found.map(({ specifier }) => specifier));
  for (const [, specifier = ''] of source.matchAll(typeInLinePattern)) {
    if (!known.has(specifier)) found.push({ specifier, typeOnly: true });
  }
  return {
    path,
    imports: found.map(({ specifier, typeOnly }) => ({ ...resolved(path, specifier), typeOnly })),
    readsEnvironment: environmentPattern.test(source),
  };
};

const resolved = (path: string, specifier: string): Pick<Import, 'target' | 'kind'> =>
  specifier.startsWith('.')
    ? { kind: 'own', target: posix.join(posix.dirname(path), specifier) }
    : { kind: 'package', target: specifier };
