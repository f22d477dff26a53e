import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const repository = join(import.meta.dirname, '..');

const testsNamedIn = (page: string): readonly string[] => [
  ...new Set([...page.matchAll(/`(test\/[^`]+\.test\.tsx?)`/gu)].map(([, path]) => path ?? '')),
];

it('every measure of the threat model names a test that is there', async () => {
  const page = await readFile(join(repository, 'docs', 'security.md'), 'utf8');
  const named = testsNamedIn(page);
  expect(named.length).toBeGreaterThan(40);
  const found = await Promise.all(
    named.map((path) =>
      access(join(repository, path)).then(
        () => [],
        () => [path],
      ),
    ),
  );
  expect(found.flat()).toEqual([]);
  const rows = page.split('\n').filter((line) => line.startsWith('|') && !/^\|[ -|]+\|$/u.test(line));
  const measures = rows.slice(rows.findIndex((line) => line.includes('| measure') || line.startsWith('| measure')));
  expect(measures.filter((line) => !/^\| (?:measure|#) /u.test(line) && testsNamedIn(line).length === 0)).toEqual([]);
});
