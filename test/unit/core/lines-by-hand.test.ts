import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const core = join(import.meta.dirname, '../../../main/core');

/** A failure, a problem or a step of a test whose words stand beside it, and not in the table of the station's lines. */
const byHand = [
  /\bfailure\(\s*'\w+',\s*(['"`][^'"`]*\s[^'"`]*)/g,
  /\b(?:problem|lastError|detail|waitsFor): (['"`][^'"`]*\s[^'"`]*)/g,
  /\b(?:passed|missed|pass|fail)\(\w+(?:\.\w+)?, (['"`][^'"`]*\s[^'"`]*)/g,
];

/** Read by who runs the station, at its command line and in its reports, which speak English. */
const forItsKeeper = /^(?:recovery\/check-|intake\/)/;

/** Names and signs alone, such as `${id}: ${name}`, are the same in every language. */
const hasWords = (text: string): boolean => /[a-z]/i.test(text.replaceAll(/\$\{[^}]*\}/g, ''));

const findingsIn = (source: string): readonly string[] =>
  byHand
    .flatMap((pattern) => [...source.matchAll(pattern)].map(([, words = '']) => words.slice(1).trim()))
    .filter(hasWords);

test('what a person reads on a screen is said by a code: no words of a problem are written by hand in the core', async () => {
  const names = (await readdir(core, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith('.ts') && !forItsKeeper.test(name))
      .map(async (name) => findingsIn(await readFile(join(core, name), 'utf8')).map((words) => `${name}: ${words}`)),
  );
  expect(found.flat()).toEqual([]);
});

test('such words would be seen', () => {
  const source = `
    return failure('network', \`\${host} is gone\`);
    const row = { state: 'problem', lastError: 'it went wrong' };
    return passed(steps.token, 'it is right');`;
  expect(findingsIn(source)).toHaveLength(3);
  expect(findingsIn("failure('local', stationLine('diskFull', values)); const x = { problem: 'network' };")).toEqual(
    [],
  );
});
