import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCodes } from '../../../main/commands/command-failure.ts';
import { systemClock } from '../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../main/core/ports/logger.ts';
import { createStation } from '../../../main/core/station.ts';
import { fakeKeyWrap } from '../../support/fake-key-wrap.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startPlaten } from './platen.ts';

const readme = await readFile(join(import.meta.dirname, '../../../README.md'), 'utf8');

/** The command lines that the README shows, without what it says beside them. */
const commandLines = [...readme.matchAll(/npm run -s platen -- (.+)/gu)].flatMap(([, line = '']) =>
  line.startsWith('serve ') || line.startsWith('--help') ? [] : [line.split(/ {2,}/u, 1)[0] ?? ''],
);

const exitCodeOf = async (line: string): Promise<number> =>
  (await startPlaten([...line.split(' '), '--data', await temporaryFolder()]).ended).exitCode;

test.each(commandLines)('the README’s "platen %s" is a command line', async (line) => {
  expect(await exitCodeOf(line)).not.toBe(exitCodes.usage);
});

test('one that does not exist would be noticed', async () => {
  expect(commandLines.length).toBeGreaterThan(5);
  expect(await exitCodeOf('orders --problems')).toBe(exitCodes.usage);
});

test('the README’s config file is one, with a connection of each platform', async () => {
  const text = /```json\n(.+?)```/su.exec(readme)?.[1] ?? '';
  const names = [...text.matchAll(/"env": "(\w+)"/gu)].map(([, name = '']) => name);
  const station = await createStation({
    dataFolder: await temporaryFolder(),
    config: { text, path: 'platen.json' },
    environment: Object.fromEntries(names.map((name) => [name, 'secret'])),
    host: 'browser',
    version: '1.2.3',
    clock: systemClock,
    logger: silentLogger,
    keyWrap: fakeKeyWrap,
  });
  const { connections } = await station.handlers.connections.list({}, { by: 'test' });
  await station.stop();
  expect(connections.map(({ id }) => id)).toEqual(['cc', 'cp', 'pa', 'px']);
});
