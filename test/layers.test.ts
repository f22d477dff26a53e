import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ImportGraph, readImportGraph, readModule } from './layers/import-graph.ts';
import { breachesOf, danglingImports, environmentReaders, importCycles, layerRules } from './layers/layer-rules.ts';

let graph: ImportGraph;
beforeAll(async () => {
  graph = await readImportGraph(resolve(import.meta.dirname, '..'), ['main', 'preload', 'renderer']);
});

/** A graph of sources that exist only here. */
const graphOf = (sources: Readonly<Record<string, string>>): ImportGraph =>
  new Map(Object.entries(sources).map(([path, source]) => [path, readModule(path, source)]));

/** For each rule, a file that breaks it. */
const bad: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'the contract imports nothing but zod and itself': { 'main/contract/x.ts': "import { join } from 'node:path';" },
  'the domain imports only the contract, itself and types of the ports': {
    'main/core/domain/x.ts': "import { systemClock } from '../ports/clock.ts';",
  },
  'the core imports only the contract and itself, and never electron': {
    'main/core/x.ts': "export * from '../hosts/loopback/loopback-host.ts';",
  },
  'a host imports neither another host nor the command line': {
    'main/hosts/loopback/x.ts': "const y = await import('../electron/tray.ts');",
  },
  'the training knows the station, and of its hosts what they have in common': {
    'main/training/x.ts': "import '../hosts/loopback/loopback-host.ts';",
  },
  'electron is imported only by the desktop host and the preload': {
    'renderer/x.tsx': "import type { App } from 'electron';",
  },
  'the command line knows nothing of the desktop': { 'main/commands/x.ts': "import '../hosts/electron/tray.ts';" },
  'preload and renderer import from main only the contract': {
    'renderer/features/x.tsx': "let s: import('../../main/core/station-face.ts').Station;",
  },
  'nothing in main imports the renderer or the preload': {
    'main/index.ts': "import { App } from '../renderer/app.tsx';",
  },
  'nothing imports the tests or the scripts': { 'main/core/x.ts': "export { y } from '../../test/y.ts';" },
};

describe('the layers', () => {
  it('are read from real sources', () => {
    expect(graph.size).toBeGreaterThan(50);
    expect(graph.get('main/contract/contract.ts')?.imports).toContainEqual({
      target: 'main/contract/orders.ts',
      kind: 'own',
      typeOnly: false,
    });
    expect(danglingImports(graph)).toEqual([]);
  });

  describe.each(layerRules.map((rule) => [rule.title, rule] as const))('%s', (title, rule) => {
    it('holds', () => {
      expect(breachesOf(rule, graph)).toEqual([]);
    });

    it('would catch a file that breaks it', () => {
      expect(breachesOf(rule, graphOf(bad[title] ?? {}))).toHaveLength(1);
    });
  });
});

describe('the environment', () => {
  it('is read at the edges alone', () => {
    expect(environmentReaders(graph)).toEqual([]);
  });

  it.each([
    'const x = process.env.X;',
    "const x = process['env'].X;",
    'const { X } = process?.env;',
    "import { env } from 'node:process';",
  ])('would be seen in the core: %s', (source) => {
    expect(environmentReaders(graphOf({ 'main/core/x.ts': source, 'main/cli.ts': source }))).toEqual([
      'main/core/x.ts',
    ]);
  });
});

describe('cycles of imports', () => {
  it('do not exist', () => {
    expect(importCycles(graph)).toEqual([]);
  });

  it('would be found, of any length, while types may point back', () => {
    const sources = {
      'main/a.ts': "import { b } from './b.ts'; import { t } from './t.ts';",
      'main/b.ts': "export { c } from './c.ts';",
      'main/c.ts': "const a = await import('./a.ts');",
      'main/t.ts': "import type { A } from './a.ts'; import { type B } from './b.ts';",
    };
    expect(importCycles(graphOf(sources))).toEqual([['main/a.ts', 'main/b.ts', 'main/c.ts', 'main/a.ts']]);
  });
});
