import './node-version.mjs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild } from './ensure-build.mjs';
import { ensureChromium } from './ensure-chromium.mjs';
import { root, runTool } from './tools.mjs';

const args = process.argv.slice(2);

/** Counts from vitest's JSON report; a file that could not even be loaded counts as one failed test. */
const countsOf = (report) => {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((each) => each.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

const test = async () => {
  const chromium = await ensureChromium();
  await ensureBuild();
  const folder = await mkdtemp(join(tmpdir(), 'platen-test-report-'));
  try {
    const file = join(folder, 'report.json');
    const reporters = args.some((arg) => arg.startsWith('--reporter')) ? [] : ['--reporter=default'];
    const exitCode = await runTool(
      'vitest',
      ['run', ...reporters, '--reporter=json', `--outputFile.json=${file}`, ...args],
      // Files that are compiled once are not compiled again for each of the many processes.
      {
        env: {
          ...process.env,
          CHROMIUM_PATH: chromium,
          NODE_COMPILE_CACHE: join(folder, 'compiled'),
          STATION_PROGRAM: join(root, 'out', 'main', 'cli.js'),
        },
      },
    );
    const report = await readFile(file, 'utf8').then(JSON.parse, () => null);
    const { passed, failed, skipped } = report === null ? { passed: 0, failed: 0, skipped: 0 } : countsOf(report);
    // An error outside of every test fails the run, too.
    const failedAtLeast = exitCode === 0 ? failed : Math.max(1, failed);
    process.stdout.write(`${passed} passed, ${failedAtLeast} failed, ${skipped} skipped\n`);
    return exitCode;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

process.exitCode = await test().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  return 1;
});
