import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/slow-first.ts';

/** These share loaded modules, which is up to a third of their time; Electron's fake and the scripts want their own. */
const sharingModules = [
  'test/unit/{commands,contract,core,renderer,sandbox,training}/**/*.test.{ts,tsx}',
  'test/{contract,scenario}/**/*.test.ts',
  'test/e2e/screens/**/*.test.ts',
];

/** And threads. */
const keptThreads = ['./test/support/kept-threads.ts'];

const patience = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // A slow machine is no failure: what must come about may take its time.
  expect: { poll: { timeout: 20_000 } },
  // No test may ever reach Electron's own module: importing it would try to download the binary.
  env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
} as const;

export default defineConfig({
  test: {
    // One more than cores: whole stations and browsers wait for each other a third of the time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: SlowFirst },
    projects: [
      { test: { ...patience, name: 'sharing', include: sharingModules, isolate: false, setupFiles: keptThreads } },
      {
        test: {
          ...patience,
          name: 'alone',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/bench/**', ...sharingModules],
        },
      },
    ],
  },
});
