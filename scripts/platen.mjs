import './node-version.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithNpm } from './end-with-npm.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { root } from './tools.mjs';

endWithNpm();
// npm changes to the checkout's folder; paths on the command line are meant from where the person is.
if (process.env.npm_lifecycle_event === 'platen' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

const built = await ensureBuild().then(
  () => true,
  (error) => {
    process.stderr.write(`platen: ${error.message}\n`);
    process.exitCode = 1;
    return false;
  },
);
if (built) await import(pathToFileURL(join(root, 'out', 'main', 'cli.js')).href);
