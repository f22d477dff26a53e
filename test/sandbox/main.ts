/** A sandbox by hand: `npx node test/sandbox/main.ts --platform printess --port 8760 --to http://127.0.0.1:8750/in/px`. */
import type { ByHand } from './by-hand/by-hand.ts';
import { runCloudprinter } from './by-hand/cloudprinter.ts';
import { runCustomersCanvas } from './by-hand/customerscanvas.ts';
import { type Options, readOptions, type SANDBOX_PLATFORMS } from './by-hand/options.ts';
import { runPrintApi } from './by-hand/printapi.ts';
import { runPrintess } from './by-hand/printess.ts';

const runs: Readonly<Record<(typeof SANDBOX_PLATFORMS)[number], (hand: ByHand) => Promise<void>>> = {
  cloudprinter: runCloudprinter,
  printess: runPrintess,
  printapi: runPrintApi,
  customerscanvas: runCustomersCanvas,
};

async function run(options: Options): Promise<void> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  await runs[options.platform]({ options, stopped: interrupted.signal, print });
  print('stopped');
}

const read = readOptions(process.argv.slice(2));
switch (read.kind) {
  case 'options':
    await run(read.options);
    break;
  case 'help':
    process.stdout.write(read.usage);
    break;
  case 'wrong':
    process.stderr.write(read.problem);
    process.exitCode = 2;
}
