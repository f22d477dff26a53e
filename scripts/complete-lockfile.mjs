import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './tools.mjs';

// npm leaves out of package-lock.json the platform packages that it did not find when it wrote it, and `npm ci` then
// refuses the file on every other machine. This names them again: `npx node scripts/complete-lockfile.mjs`.

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

const path = join(root, 'package-lock.json');
const lockfile = JSON.parse(await readFile(path, 'utf8'));
const known = lockfile.packages;

/** What a platform package runs on, by the words of its name: `@oxlint/binding-linux-arm64-musl`. */
const platformOf = (name) => {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) return null;
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : null;
  return { cpu: [cpu], ...(os === 'linux' && libc !== null ? { libc: [libc] } : {}), os: [os] };
};

let added = 0;
for (const [owner, entry] of Object.entries(known)) {
  if (owner === '') continue;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = platformOf(name);
    const at = `node_modules/${name}`;
    if (platform === null || known[at] !== undefined || known[`${owner}/${at}`] !== undefined) continue;
    const { cpu, ...rest } = platform;
    known[at] = { version, cpu, ...(entry.dev === true ? { dev: true } : {}), optional: true, ...rest };
    added += 1;
  }
}
lockfile.packages = Object.fromEntries(Object.entries(known).toSorted(([left], [right]) => (left < right ? -1 : 1)));
await writeFile(path, `${JSON.stringify(lockfile, null, 2)}\n`);
process.stdout.write(`${added} platform packages were added\n`);
