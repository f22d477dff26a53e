import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { repository } from './electron-build.ts';

export interface PackOptions {
  readonly platform: 'linux' | 'win';
  /** An unpacked Electron for that platform. */
  readonly electronFolder: string;
  readonly output: string;
}

/** Runs the packager with the project's own configuration, without a network; answers the application folder. */
export const packFor = async ({ platform, electronFolder, output }: PackOptions): Promise<string> => {
  const require = createRequire(import.meta.url);
  const builder = path.join(path.dirname(require.resolve('electron-builder/package.json')), 'cli.js');
  const config = [`-c.electronDist=${electronFolder}`, `-c.directories.output=${output}`];
  const args = [builder, `--${platform}`, 'dir', '--x64', '--publish', 'never', ...config];
  // The packager asks npm for the dependencies, and npm must run on the Node that this project brings.
  const binaries = path.join(repository, 'node_modules/.bin');
  const searchPath = `${binaries}${path.delimiter}${process.env.PATH ?? ''}`;
  await promisify(execFile)(process.execPath, args, { cwd: repository, env: { ...process.env, PATH: searchPath } });
  return path.join(output, `${platform}-unpacked`);
};
