import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/bench/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A slow machine is no failure: what must come about may take its time.
    expect: { poll: { timeout: 20_000 } },
    // All cores, and no more: a browser that waits for its turn makes tests fail that are right.
    maxWorkers: '100%',
    // No test may ever reach Electron's own module: importing it would try to download the binary.
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
  },
});
