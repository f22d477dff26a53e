import path from 'node:path';
import { ensureBuild } from '../../scripts/ensure-build.mjs';

export const repository = path.resolve(import.meta.dirname, '../..');

/** The folder `out/`, built anew first when it is missing or older than a source; test files never build at once. */
export const builtApp = async (): Promise<string> => {
  await ensureBuild();
  return path.join(repository, 'out');
};
