import './node-version.mjs';
import { join } from 'node:path';
import { root, run, runTool } from './tools.mjs';

const script = (path, ...args) => run(process.execPath, [join(root, ...path.split('/')), ...args]);

/** All that must hold before a change goes in, the quickest first; the tests' counts are the last line. */
const steps = [
  {
    name: 'format and style (biome)',
    run: () => runTool('@biomejs/biome', ['check', '--error-on-warnings', '.'], { binName: 'biome' }),
  },
  { name: 'lint with types (oxlint)', run: () => runTool('oxlint', ['--type-aware', '--max-warnings', '0']) },
  { name: 'types (tsc)', run: () => runTool('typescript', ['-b'], { binName: 'tsc' }) },
  { name: 'unused code (knip)', run: () => runTool('knip', []) },
  { name: 'licences', run: () => script('scripts/licences.ts') },
  { name: 'build and tests (vitest)', run: () => script('scripts/test.mjs') },
];

/** What a release must survive beside that: `npm run check -- --release`. */
const releaseSteps = [
  { name: 'fuzzing, 20 s each', run: () => script('test/fuzz/main.ts', '--seconds', '20') },
  {
    name: 'torture, five minutes',
    run: () => script('test/torture/main.ts', '--minutes', '5', '--orders', '10000', '--ready-within-ms', '2000'),
  },
];

const failedStep = async () => {
  for (const step of [...steps, ...(process.argv.includes('--release') ? releaseSteps : [])]) {
    process.stdout.write(`── ${step.name}\n`);
    if ((await step.run()) !== 0) return step.name;
  }
  return null;
};

const failed = await failedStep();
if (failed !== null) {
  process.stderr.write(`The check stopped at: ${failed}\n`);
  process.exitCode = 1;
}
