import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const passedOn = ['SIGINT', 'SIGTERM'];

/** Runs a program and answers its exit code; one that a signal ended counts as failed. Signals go on to it. */
export const run = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    const passOn = (signal) => child.kill(signal);
    for (const signal of passedOn) process.on(signal, passOn);
    const settled = (settle) => (value) => {
      for (const signal of passedOn) process.off(signal, passOn);
      settle(value);
    };
    child.once('error', settled(reject));
    child.once(
      'close',
      settled((code) => resolve(code ?? 1)),
    );
  });

/** The script behind a tool of node_modules, to be run by this very Node: `toolScript('vite')`. */
export const toolScript = async (packageName, binName = packageName) => {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[binName]);
};

/** Runs a tool of node_modules and answers its exit code. */
export const runTool = async (packageName, args, { binName, ...options } = {}) =>
  run(process.execPath, [await toolScript(packageName, binName), ...args], options);

/** Whether this file was started itself, not imported by another. */
export const isMain = (moduleUrl) => process.argv[1] !== undefined && fileURLToPath(moduleUrl) === process.argv[1];
