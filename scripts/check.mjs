import './node-version.mjs';
import { join } from 'node:path';
import { root, run, runTool } from './tools.mjs';

/** All that must hold before a change goes in, the quickest first; the tests' counts are the last line. */
const steps = [
  [
    'format and style (biome)',
    () => runTool('@biomejs/biome', ['check', '--error-on-warnings', '.'], { binName: 'biome' }),
  ],
  ['lint with types (oxlint)', () => runTool('oxlint', ['--type-aware', '--max-warnings', '0'])],
  ['types (tsc)', () => runTool('typescript', ['-b'], { binName: 'tsc' })],
  ['unused code (knip)', () => runTool('knip', [])],
  ['build and tests (vitest)', () => run(process.execPath, [join(root, 'scripts', 'test.mjs')])],
];

const failedStep = async () => {
  for (const [name, step] of steps) {
    process.stdout.write(`── ${name}\n`);
    if ((await step()) !== 0) return name;
  }
  return null;
};

const failed = await failedStep();
if (failed !== null) {
  process.stderr.write(`The check stopped at: ${failed}\n`);
  process.exitCode = 1;
}
