import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What runs as `platen`: as it was built, where the tests were started with a build of now; else the sources, which start slower. */
export const stationProgram = process.env.STATION_PROGRAM ?? join(root, 'main', 'cli.ts');

/** Parsed modules are kept between starts, which a test with many of them is made of. */
export const compileCache = join(root, 'node_modules', '.cache', 'scenario-stations');
