import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/bench/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A slow machine is no failure: what must come about may take its time.
    expect: { poll: { timeout: 20_000 } },
    // The tests wait for processes, browsers and disks about as long as they compute: twice as many as there are cores.
    maxWorkers: 2 * availableParallelism(),
    // No test may ever reach Electron's own module: importing it would try to download the binary.
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
  },
});
