import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/bench/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A slow machine is no failure: what must come about may take its time.
    expect: { poll: { timeout: 20_000 } },
    // All cores: the tests wait for processes and disks more than they compute.
    maxWorkers: '100%',
    // No test may ever reach Electron's own module: importing it would try to download the binary.
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
  },
});
