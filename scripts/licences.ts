import path from 'node:path';
import { ensureBuild } from './ensure-build.mjs';
import { readInstalledPackages } from './supply-chain/installed-packages.ts';
import { isAllowed } from './supply-chain/licence-rules.ts';
import { readShippedComponents } from './supply-chain/shipped-components.ts';

// `npm run licences`: every licence of what is shipped, and of the tools that make it. Asks nobody, only the disk.

const root = path.dirname(import.meta.dirname);

await ensureBuild();
const shipped = await readShippedComponents(path.join(root, 'out'));
const installed = await readInstalledPackages(root);
const refused = [
  ...shipped
    .filter(({ licence }) => !isAllowed(licence, 'shipped'))
    .map(({ name, version, licence }) => `shipped: ${name} ${version ?? ''}: ${licence ?? 'no licence'}`),
  ...installed.packages
    .filter(({ licence }) => !isAllowed(licence, 'tool'))
    .map(({ name, licence }) => `tool: ${name}: ${licence ?? 'no licence'}`),
];

for (const line of refused) process.stderr.write(`not on the list of licences: ${line}\n`);
process.stdout.write(
  `${shipped.length} shipped works and ${installed.packages.length} installed packages looked at, ${refused.length} refused` +
    ` (${installed.unknown.length} binaries for other platforms tell no licence here)\n`,
);
if (refused.length > 0) process.exitCode = 1;
