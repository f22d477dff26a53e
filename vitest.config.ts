import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/slow-first.ts';

/** These put a fake in the place of Electron's module, and want a module of their own each time. */
const withFakeElectron = ['test/unit/hosts/electron/**/*.test.ts', 'test/contract/electron.test.ts'];

const patience = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // A slow machine is no failure: what must come about may take its time.
  expect: { poll: { timeout: 30_000 } },
  // No test may ever reach Electron's own module: importing it would try to download the binary.
  env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
} as const;

export default defineConfig({
  test: {
    // One more than cores: whole stations and browsers wait for each other a third of the time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          ...patience,
          name: 'sharing',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/bench/**', ...withFakeElectron],
          // Files share loaded modules, which is up to a third of their time, and threads of the tested parts.
          isolate: false,
          setupFiles: ['./test/support/kept-threads.ts'],
        },
      },
      { test: { ...patience, name: 'alone', include: withFakeElectron } },
    ],
  },
});
