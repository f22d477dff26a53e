import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TransferPool } from '../../../../main/core/downloads/transfer-pool.ts';
import { defaultTimeouts, type TransferRequest } from '../../../../main/core/downloads/transfer-protocol.ts';
import { type FileHost, md5Of, sampleBytes, serve, startFileHost } from './support/file-host.ts';

const bytes = sampleBytes(200_000);
const idle = (): AbortSignal => new AbortController().signal;

let folder: string;
let host: FileHost;
let pool: TransferPool;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-pool-'));
  host = await startFileHost();
  host.on('/a.pdf', serve(bytes));
  pool = new TransferPool({ size: 2 });
});
afterEach(async () => {
  await pool.close();
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

const request = (name: string): TransferRequest => ({
  url: `${host.url}/a.pdf`,
  allowPrivateAddresses: true,
  finalPath: join(folder, name),
  expectedBytes: bytes.length,
  expectedMd5: md5Of(bytes),
  format: 'bin',
  validator: null,
  headers: {},
  timeouts: defaultTimeouts,
});

describe('the transfer threads', () => {
  it('run several transfers each', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const outcomes = await Promise.all(names.map((name) => pool.run(request(name), idle(), () => undefined)));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(names.map(() => 'done'));
  });

  it('keep to the bandwidth together, and cancel what is asked to stop', async () => {
    pool.setBytesPerSecond(1_000);
    const abort = new AbortController();
    const reported = Promise.withResolvers<void>();
    const running = ['a', 'b'].map((name) => pool.run(request(name), abort.signal, () => reported.resolve()));
    await reported.promise;
    abort.abort();
    for (const outcome of await Promise.all(running)) expect(outcome.kind).toBe('cancelled');
  });

  it('fail their own transfers when one crashes, and are replaced', async () => {
    // Crashes on its first transfer in the first thread, and answers in every later one.
    const crashing = `
      import { parentPort } from 'node:worker_threads';
      import { existsSync, writeFileSync } from 'node:fs';
      parentPort.on('message', ({ id, request }) => {
        if (!existsSync(request.finalPath)) { writeFileSync(request.finalPath, ''); throw new Error('out of luck'); }
        parentPort.postMessage({ kind: 'ended', id, outcome: { kind: 'cancelled', left: { receivedBytes: 0, validator: null } } });
      });`;
    const fragile = new TransferPool({
      size: 1,
      workerUrl: new URL(`data:text/javascript,${encodeURIComponent(crashing)}`),
    });
    try {
      const again = { ...request('crash'), validator: '"1"' };
      expect(await fragile.run(again, idle(), () => undefined)).toMatchObject({
        kind: 'failed',
        failure: { class: 'local', message: 'the transfer thread stopped: out of luck' },
        left: { validator: '"1"' },
      });
      expect(await fragile.run(again, idle(), () => undefined)).toMatchObject({ kind: 'cancelled' });
    } finally {
      await fragile.close();
    }
  });

  it('take nothing more once they are closed', async () => {
    await pool.close();
    expect(await pool.run(request('a'), idle(), () => undefined)).toMatchObject({ kind: 'cancelled' });
  });
});
