import './node-version.mjs';
import { fetchElectron, findElectron, windowObstacle } from './electron-app.mjs';
import { endWithNpm } from './end-with-npm.mjs';
import { ensureBuild } from './ensure-build.mjs';

/** `npm run demo`: a station on the sandbox, to be looked at; with `--once` a fixed set of orders runs to its end. */
const demo = async () => {
  const args = process.argv.slice(2);
  const stranger = args.find((arg) => arg !== '--once');
  if (stranger !== undefined) throw new Error(`${stranger} is not an option: there is --once`);
  process.stdout.write('Building …\n');
  await ensureBuild();
  if (args.includes('--once')) {
    const { runOnce } = await import('./demo/run-once.ts');
    if (!(await runOnce())) process.exitCode = 1;
    return;
  }
  const { runInteractive } = await import('./demo/run-interactive.ts');
  const { openInBrowser, openInElectron } = await import('./demo/open-station.ts');
  const obstacle = windowObstacle();
  const electron = obstacle === null ? ((await findElectron()) ?? (await fetchElectron())) : null;
  await runInteractive(electron === null ? openInBrowser : openInElectron(electron));
};

endWithNpm();
await demo().catch((error) => {
  process.stderr.write(`The demo failed: ${error.message}\n`);
  process.exitCode = 1;
});
