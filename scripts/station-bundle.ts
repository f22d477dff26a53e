import { builtinModules } from 'node:module';

/** Stays outside a station's bundle: Electron's own module, and the one native package. */
export const outsideBundle = ['electron', 'better-sqlite3'];
export const external = [...outsideBundle, /^node:/, ...builtinModules];

/** The threads of a station: each is a file of its own beside the bundle that starts it. */
export const threads = {
  'database-worker': 'main/core/store/database-worker.ts',
  'look-worker': 'main/core/store/look-worker.ts',
  'transfer-worker': 'main/core/downloads/transfer-worker.ts',
  'hot-folder-worker': 'main/core/hotfolders/hot-folder-worker.ts',
  'preflight-worker': 'main/core/preflight/preflight-worker.ts',
} as const;

export const bundleNames = { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' } as const;
