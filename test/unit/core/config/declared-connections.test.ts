import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../../../main/core/config/config-file.ts';
import { type DeclaredConnection, resolveConnections } from '../../../../main/core/config/declared-connections.ts';
import { createFakePlatform } from '../../../support/fake-platform.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const resolveOne = async (
  entry: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = {},
  folder = '/etc/platen',
): Promise<DeclaredConnection | undefined> => {
  const config = parseConfig(JSON.stringify({ connections: [{ id: 'shop', platform: 'fake', ...entry }] }), 'c.json');
  const [connection] = await resolveConnections(config, [createFakePlatform()], {
    environment,
    configPath: join(folder, 'c.json'),
  });
  return connection;
};

const refusalOf = async (
  entry: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const error: unknown = await resolveOne(entry, environment).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  expect(error.message).toMatch(/^\/etc\/platen\/c\.json: connection shop[^\n]+$/);
  return error.message.replace('/etc/platen/c.json: connection shop: ', '');
};

describe('a declared connection', () => {
  it('takes its secrets as they stand, from the environment, or from a file beside the config file', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'keys'));
    await writeFile(join(folder, 'keys', 'signal'), 'from a file\n');
    expect((await resolveOne({ orderKey: 'plain' }))?.secrets).toEqual({ orderKey: 'plain' });
    expect((await resolveOne({ orderKey: { env: 'K' } }, { K: 'from outside' }))?.secrets).toEqual({
      orderKey: 'from outside',
    });
    expect((await resolveOne({ signalKey: { file: 'keys/signal' } }, {}, folder))?.secrets).toEqual({
      signalKey: 'from a file',
    });
  });

  it('keeps secrets out of its settings', async () => {
    const connection = await resolveOne({ orderKey: 'plain', signalKey: 'other', color: 'red', pollSeconds: 30 });
    expect(connection?.settings).toEqual({ color: 'red', pollSeconds: 30 });
  });

  it.each<[Readonly<Record<string, unknown>>, string | RegExp]>([
    [{ platform: 'other' }, 'the platform other is not known (known: fake)'],
    [{ orderKey: { env: 'NOT_THERE' } }, 'orderKey: the environment variable NOT_THERE is not set'],
    [{ orderKey: { env: 'EMPTY' } }, 'orderKey: the environment variable EMPTY is not set'],
    [{ orderKey: { file: 'missing' } }, 'orderKey: the file /etc/platen/missing cannot be read'],
    [{ orderKey: { file: '/dev/null' } }, 'orderKey: the file /dev/null is empty'],
    [{ orderKey: 12 }, 'orderKey: give a string, {"env": …} or {"file": …}'],
    [{ orderKey: '' }, 'orderKey: give a string, {"env": …} or {"file": …}'],
    [{ orderKey: { env: 'A', file: 'B' } }, 'orderKey: give a string, {"env": …} or {"file": …}'],
    [{ pollSeconds: 1 }, /^pollSeconds: .+/],
    [{ rate: { requests: 0, perSeconds: 1 } }, /^rate\.requests: .+/],
    [{ count: 'many' }, /^count: .+/],
  ])('that says %j is refused in one line', async (entry, expected) => {
    const refusal = await refusalOf(entry, { EMPTY: '' });
    if (typeof expected === 'string') expect(refusal).toBe(expected);
    else expect(refusal).toMatch(expected);
  });

  it('is refused with a setting that nobody knows: a mistyped secret would be stored in the open', async () => {
    expect(await refusalOf({ orderkey: 's3cret' })).toBe('Fake has no setting orderkey');
  });
});
