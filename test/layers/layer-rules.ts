import type { Import, ImportGraph, SourceModule } from './import-graph.ts';

/** A rule of the layers: the files it speaks of, and what it says of each import of theirs. */
interface LayerRule {
  readonly title: string;
  readonly of: (path: string) => boolean;
  readonly allows: (imported: Import) => boolean;
}

const below =
  (...folders: readonly string[]) =>
  (path: string): boolean =>
    folders.some((folder) => path.startsWith(`${folder}/`));
/** What all hosts have in common lies beside their folders. */
const isSharedByHosts = (path: string): boolean => /^main\/hosts\/[^/]+\.ts$/.test(path);

const isOwn = ({ kind }: Import): boolean => kind === 'own';
const isElectron = ({ kind, target }: Import): boolean =>
  kind === 'package' && (target === 'electron' || target.startsWith('electron/'));

export const layerRules: readonly LayerRule[] = [
  {
    title: 'the contract imports nothing but zod and itself',
    of: below('main/contract'),
    allows: (imported) => (isOwn(imported) ? below('main/contract')(imported.target) : imported.target === 'zod'),
  },
  {
    title: 'the domain imports only the contract, itself and types of the ports',
    of: below('main/core/domain'),
    allows: (imported) => {
      if (!isOwn(imported)) return imported.target === 'zod';
      if (below('main/core/ports')(imported.target)) return imported.typeOnly;
      return below('main/contract', 'main/core/domain')(imported.target);
    },
  },
  {
    title: 'the core imports only the contract and itself, and never electron',
    of: below('main/core'),
    allows: (imported) =>
      isOwn(imported) ? below('main/core', 'main/contract')(imported.target) : !isElectron(imported),
  },
  {
    title: 'a host imports neither another host nor the command line',
    of: below('main/hosts/loopback'),
    allows: (imported) =>
      !isOwn(imported) ||
      below('main/hosts/loopback', 'main/core', 'main/contract')(imported.target) ||
      isSharedByHosts(imported.target),
  },
  {
    title: 'the training knows the station, and of its hosts what they have in common',
    of: below('main/training'),
    allows: (imported) =>
      !isOwn(imported) ||
      below('main/training', 'main/core', 'main/contract')(imported.target) ||
      isSharedByHosts(imported.target),
  },
  {
    title: 'electron is imported only by the desktop host and the preload',
    of: (path) => !below('main/hosts/electron', 'preload')(path),
    allows: (imported) => !isElectron(imported),
  },
  {
    title: 'the command line knows nothing of the desktop',
    of: (path) => below('main/commands')(path) || path === 'main/cli.ts',
    allows: (imported) => !below('main/hosts/electron', 'renderer', 'preload')(imported.target),
  },
  {
    title: 'preload and renderer import from main only the contract',
    of: below('preload', 'renderer'),
    allows: ({ kind, target }) => kind === 'package' || !below('main')(target) || below('main/contract')(target),
  },
  {
    title: 'nothing in main imports the renderer or the preload',
    of: below('main'),
    allows: ({ target }) => !below('renderer', 'preload')(target),
  },
  {
    title: 'nothing imports the tests or the scripts',
    of: () => true,
    allows: ({ target }) => !below('test', 'scripts')(target),
  },
];

/** Each import that breaks the rule, as `FILE imports TARGET`. */
export const breachesOf = (rule: LayerRule, graph: ImportGraph): readonly string[] =>
  [...graph.values()]
    .filter(({ path }) => rule.of(path))
    .flatMap(({ path, imports }) =>
      imports.filter((imported) => !rule.allows(imported)).map(({ target }) => `${path} imports ${target}`),
    );

const mayReadEnvironment = (path: string): boolean =>
  below('main/core/config', 'main/commands', 'main/hosts')(path) || path === 'main/cli.ts' || path === 'main/index.ts';

/** Modules that read the environment although it should be given to them. */
export const environmentReaders = (graph: ImportGraph): readonly string[] =>
  [...graph.values()].filter(({ path, readsEnvironment }) => readsEnvironment && !mayReadEnvironment(path)).map(pathOf);

/** Imports of files that do not exist in the graph. */
export const danglingImports = (graph: ImportGraph): readonly string[] =>
  [...graph.values()].flatMap(({ path, imports }) =>
    imports
      .filter(({ kind, target }) => kind === 'own' && /\.tsx?$/.test(target) && !graph.has(target))
      .map(({ target }) => `${path} imports ${target}`),
  );

/** Cycles of imports that remain at run time, each as the list of its files; empty when there are none. */
export const importCycles = (graph: ImportGraph): readonly (readonly string[])[] => {
  const cycles: (readonly string[])[] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path]);
    if (start >= 0 || finished.has(path)) return;
    const next = graph.get(path)?.imports.filter(({ kind, typeOnly }) => kind === 'own' && !typeOnly) ?? [];
    for (const { target } of next) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
};

const pathOf = ({ path }: SourceModule): string => path;
