import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ensureBuild } from './ensure-build.mjs';
import { type Advisory, type AuditAnswer, advisory, readAudit } from './supply-chain/audit-answer.ts';
import { readShippedComponents } from './supply-chain/shipped-components.ts';

// `npm run advisories`: what is known against the packages of the lockfile. Without a network it says so, shows the
// last answer that there was, and ends well: not to know is no finding.

const root = path.dirname(import.meta.dirname);
const lastAnswerFile = path.join(root, 'node_modules', '.cache', 'advisories.json');
const lastAnswer = z.object({ askedAt: z.string(), advisories: z.array(advisory) });
const patienceMs = 30_000;

const askRegistry = (): Promise<AuditAnswer> =>
  new Promise((resolve) => {
    const npm = process.env.npm_execpath;
    const args = ['audit', '--json', '--package-lock-only', '--fetch-retries=0', '--fetch-timeout=20000'];
    const [command, all] = npm === undefined ? ['npm', args] : [process.execPath, [npm, ...args]];
    const options = { cwd: root, timeout: patienceMs, maxBuffer: 64_000_000, shell: process.platform === 'win32' };
    execFile(command, all, options, (error, printed) => {
      // npm ends with 1 when it found something, too: only what it printed tells.
      if (error?.killed === true) resolve({ kind: 'notAsked', cause: `no answer within ${patienceMs / 1000} s` });
      else resolve(readAudit(printed));
    });
  });

const report = (advisories: readonly Advisory[], shipped: ReadonlySet<string>): number => {
  for (const { name, severity, title, url } of advisories) {
    const use = shipped.has(name) ? 'SHIPPED' : 'tool';
    process.stdout.write(`${use}  ${severity}  ${name}: ${title} (${url})\n`);
  }
  return advisories.filter(({ name }) => shipped.has(name)).length;
};

const [answer] = await Promise.all([askRegistry(), ensureBuild()]);
const shipped = new Set((await readShippedComponents(path.join(root, 'out'))).map(({ name }) => name));

if (answer.kind === 'answered') {
  const found = report(answer.advisories, shipped);
  process.stdout.write(`${answer.advisories.length} advisories, ${found} against what is shipped\n`);
  await mkdir(path.dirname(lastAnswerFile), { recursive: true });
  const kept: z.infer<typeof lastAnswer> = {
    askedAt: new Date().toISOString(),
    advisories: [...answer.advisories],
  };
  await writeFile(lastAnswerFile, JSON.stringify(kept));
  if (found > 0) process.exitCode = 1;
} else {
  process.stdout.write(`NOT CHECKED: the registry could not be asked for advisories (${answer.cause})\n`);
  const last = await readFile(lastAnswerFile, 'utf8').then(
    (text) => lastAnswer.safeParse(JSON.parse(text)).data,
    () => undefined,
  );
  if (last === undefined) process.stdout.write('and there is no earlier answer here\n');
  else {
    process.stdout.write(`the last answer, of ${last.askedAt}:\n`);
    report(last.advisories, shipped);
  }
}
