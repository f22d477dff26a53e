import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeOrder } from '../../../main/training/orders/make-order.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../sandbox/cloudprinter/sandbox.ts';
import { stationProgram } from '../../support/station-program.ts';

interface Ended {
  readonly exitCode: number | string;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let data: string;
let sandbox: CloudprinterSandbox;
let station: ChildProcess;
let address: string;

/** Runs `platen ARGS` in a process of its own. */
const platen = (...args: readonly string[]): Promise<Ended> => node([stationProgram, ...args, '--data', data]);

const node = (args: readonly string[]): Promise<Ended> =>
  new Promise((settle) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64_000_000 }, (error, out, err) =>
      settle({ exitCode: error === null ? 0 : (error.code ?? 1), out, err }),
    );
  });

/** The JSON answer of a command that must not fail. */
const ask = async <Schema extends z.ZodType>(schema: Schema, ...args: readonly string[]): Promise<z.output<Schema>> => {
  const ran = await platen(...args, '--json');
  expect(ran).toMatchObject({ exitCode: 0, err: '' });
  return schema.parse(JSON.parse(ran.out));
};

/** Starts `platen serve` and answers the address that it prints. */
const serve = async (): Promise<{ readonly child: ChildProcess; readonly line: string }> => {
  const child = spawn(
    process.execPath,
    [stationProgram, 'serve', '--data', data, '--config', join(folder, 'platen.json')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  for await (const chunk of child.stdout) {
    out += String(chunk);
    if (out.includes('\n')) return { child, line: out };
  }
  throw new Error(`the station did not start: ${err}`);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-cli-'));
  data = join(folder, 'station');
  sandbox = await createCloudprinterSandbox();
  const hotFolder = join(folder, 'indigo');
  await mkdir(hotFolder);
  await writeFile(
    join(folder, 'platen.json'),
    JSON.stringify({
      name: 'Test shop',
      intake: { port: 0 },
      signals: { undoSeconds: 60 },
      files: { minimumFreeBytes: 0 },
      hotFolders: [{ id: 'indigo', name: 'Indigo', path: hotFolder }],
      connections: [
        {
          id: 'cp',
          platform: 'cloudprinter',
          orderKey: sandbox.orderKey,
          signalKey: sandbox.signalKey,
          signalUrl: sandbox.signalUrl,
          allowPrivateAddresses: true,
        },
      ],
    }),
  );
  const { child, line } = await serve();
  station = child;
  address = line.replace('Platen is ready: ', '').trim();
});
afterAll(async () => {
  if (station.exitCode === null) station.kill('SIGKILL');
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

const fileRow = z.object({
  id: z.number(),
  role: z.string(),
  state: z.string(),
  path: z.string().nullable(),
  verification: z.string().nullable(),
  problem: z.string().nullable(),
});
const orderRow = z.object({
  id: z.number(),
  connection: z.string(),
  externalId: z.string(),
  stage: z.string(),
  items: z.array(z.object({ id: z.number(), externalId: z.string(), stage: z.string(), files: z.array(fileRow) })),
});
const signalRow = z.object({
  id: z.number(),
  connection: z.string(),
  kind: z.string(),
  item: z.number(),
  state: z.string(),
  attempts: z.number(),
  nextAttemptAt: z.string().nullable(),
  deadlineAt: z.string().nullable(),
  lastError: z.string().nullable(),
});

describe('the command line on a running station', () => {
  it('takes an order from its document to a hot folder and to its signal', async () => {
    const order = makeOrder({ number: 1, items: [{ product: 'book', copies: 3 }] });
    await writeFile(join(folder, 'order.json'), (await sandbox.document(order)).body);

    const imported = await ask(
      z.object({ orderId: z.number(), externalId: z.string(), outcome: z.string() }),
      'import',
      'order.json',
      '--connection',
      'cp',
    );
    expect(imported).toMatchObject({ externalId: order.id, outcome: 'stored' });

    await expect
      .poll(async () => (await ask(z.array(fileRow), 'files')).map(({ state }) => state), { timeout: 20_000 })
      .toEqual(['ready', 'ready']);
    const [found] = await ask(z.array(orderRow), 'orders');
    expect(found).toMatchObject({ id: imported.orderId, connection: 'cp', externalId: order.id });
    const item = found?.items[0];
    expect(item?.files.every(({ verification }) => verification === 'size+md5')).toBe(true);

    const handed = await platen('release', `cp:${item?.externalId}`, '--to', 'indigo');
    expect(handed).toMatchObject({ exitCode: 0, err: '' });
    await expect.poll(() => readdir(join(folder, 'indigo')), { timeout: 10_000 }).toHaveLength(2);

    await platen('signal', `cp:${item?.externalId}`, 'shipped', '--tracking', 'T1');
    const signals = await ask(z.array(signalRow), 'outbox');
    expect(signals.find(({ kind }) => kind === 'shipped')).toMatchObject({ item: item?.id, state: 'queued' });
  });

  it('tells lists, one order and the state of things', async () => {
    const [status, connections, order, shown] = await Promise.all([
      ask(z.object({ name: z.string(), counts: z.object({ openOrders: z.number() }) }), 'status'),
      ask(z.array(z.object({ id: z.string(), platform: z.string(), state: z.string() })), 'connections'),
      ask(orderRow.extend({ history: z.array(z.object({ code: z.string() })) }), 'order', '1'),
      platen('order', '1'),
    ]);
    expect(status.name).toBe('Test shop');
    expect(connections).toMatchObject([{ id: 'cp', platform: 'cloudprinter' }]);
    expect(order.history.length).toBeGreaterThan(0);
    expect(Math.max(...shown.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('makes a copy that is free of keys', async () => {
    expect(await platen('backup', 'copy.db')).toMatchObject({ exitCode: 0, err: '' });
    expect(await platen('support-bundle', 'bundle.json')).toMatchObject({ exitCode: 0, err: '' });
    for (const name of ['copy.db', 'bundle.json']) {
      const content = await readFile(join(folder, name));
      expect(content.includes(sandbox.signalKey) || content.includes(sandbox.orderKey)).toBe(false);
    }
  });

  it('says in one line what the station refuses', async () => {
    for (const args of [
      ['order', '999'],
      ['import', 'platen.json', '--connection', 'cp'],
      ['release', '1', '--to', 'nowhere'],
      ['backup', 'copy.db'],
      ['test', 'nobody'],
      ['job', '999', 'check'],
      ['look-up', '999'],
      ['produce', '--connection', 'cp', '--template', 'T', '--order', 'R'],
    ]) {
      const ran = await platen(...args);
      expect([args.join(' '), ran.exitCode, ran.err.match(/\n/g)?.length]).toEqual([args.join(' '), 1, 1]);
      expect(ran.err).toMatch(/^platen: \S/);
    }
  });

  it('does not mind a reader that has had enough', async () => {
    const child = spawn(process.execPath, [stationProgram, 'orders', '--json', '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const [exitCode] = (await once(child, 'close')) as [number];
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  });

  it('refuses a second station on the same folder, and leaves the first alone', async () => {
    const second = await platen('serve');
    expect(second).toMatchObject({ exitCode: 1, out: '' });
    expect(second.err).toMatch(/^platen: [^\n]+\n$/);
    expect((await platen('status')).exitCode).toBe(0);
  });

  it('keeps the token out of every file but the one that is for this user alone', async () => {
    const token = /#token=([0-9a-f]{64})$/.exec(address)?.[1] ?? 'no token';
    expect(await readFile(join(data, 'station.json'), 'utf8')).toContain(token);
    expect(await readFile(join(data, 'logs', 'platen.log'), 'utf8')).not.toContain(token);
  });

  it('follows the station until it stops, which it does in order when it is asked', async () => {
    const watching = spawn(process.execPath, [stationProgram, 'watch', '--json', '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    watching.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const watchEnd = once(watching, 'close');
    const [first] = (await once(watching.stdout, 'data')) as [Buffer];
    expect(JSON.parse(first.toString().split('\n')[0] ?? '')).toMatchObject({ event: 'station.changed' });

    const stationEnd = once(station, 'exit');
    station.kill('SIGTERM');
    expect(await stationEnd).toEqual([0, null]);
    expect(await watchEnd).toEqual([1, null]);
    expect(err).toBe('platen: the station has stopped\n');
    expect(await readdir(data)).not.toContain('station.json');
    expect((await platen('status')).err).toMatch(/^platen: no station runs on /);
  });

  it('has kept everything for the next start, and stops on Ctrl-C', async () => {
    const again = await serve();
    station = again.child;
    const [order] = await ask(z.array(orderRow), 'orders');
    expect(order?.externalId).toBe('900000010000');
    const end = once(station, 'exit');
    station.kill('SIGINT');
    expect(await Promise.race([end, delay(10_000)])).toEqual([0, null]);
  });
});

describe('the entry of the command line', () => {
  it('prints its version', async () => {
    expect((await node([stationProgram, '--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('says in one line that Node is too old, and loads nothing', async () => {
    const claim = join(folder, 'claim.cjs');
    await writeFile(claim, "Object.defineProperty(process.versions, 'node', { value: '20.20.2' });");
    expect(await node(['--require', claim, stationProgram, 'status'])).toEqual({
      exitCode: 1,
      out: '',
      err: 'platen: needs Node 24 or newer, this is 20.20.2\n',
    });
  });
});
