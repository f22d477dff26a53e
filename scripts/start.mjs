import './node-version.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fetchElectron, findElectron, windowObstacle } from './electron-app.mjs';
import { endWithNpm } from './end-with-npm.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { root, run } from './tools.mjs';

endWithNpm();
const args = process.argv.slice(2);

/** The desktop app where it can run, else the same station with its screens in the browser. */
const start = async () => {
  await ensureBuild();
  const obstacle = windowObstacle();
  const electron = obstacle === null ? ((await findElectron()) ?? (await fetchElectron())) : null;
  if (electron !== null) {
    process.exitCode = await run(electron, [root, ...args]);
    return;
  }
  process.stdout.write(
    `No desktop app: ${obstacle ?? 'Electron could not be fetched'}. Open the address in a browser.\n`,
  );
  process.argv.splice(2, args.length, 'serve', ...args);
  await import(pathToFileURL(join(root, 'out', 'main', 'cli.js')).href);
};

await start().catch((error) => {
  process.stderr.write(`Platen cannot start: ${error.message}\n`);
  process.exitCode = 1;
});
