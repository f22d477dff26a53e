import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TransferProgress } from '../../../../main/contract/files.ts';
import { defaultTimeouts, type TransferOutcome } from '../../../../main/core/downloads/transfer-protocol.ts';
import { failure } from '../../../../main/core/work/failure.ts';
import { makePdf } from '../../../../main/training/pdf/make-pdf.ts';
import { makePng } from '../../../sandbox/files/make-image.ts';
import { DownloadFloor, type FileSeed } from './support/download-floor.ts';
import {
  type Answer,
  breakAfter,
  type FileHost,
  md5Of,
  sampleBytes,
  serve,
  startFileHost,
  status,
} from './support/file-host.ts';

const bytes = sampleBytes(300_000);
const damaged = Buffer.from(bytes);
damaged[200_000] = (damaged[200_000] ?? 0) ^ 1;

let floor: DownloadFloor;
let host: FileHost;
beforeEach(async () => {
  floor = await DownloadFloor.open();
  host = await startFileHost();
});
afterEach(async () => {
  await floor.close();
  await host.stop();
});

/** A file of the host, announced as it should be. */
const seed = (path: string, more: Partial<FileSeed> = {}): FileSeed => ({
  url: `${host.url}${path}`,
  expectedBytes: bytes.length,
  expectedMd5: md5Of(bytes),
  name: path.slice(1),
  ...more,
});
const addServed = (path: string, more: Partial<FileSeed> = {}): Promise<number> => {
  host.on(path, serve(bytes));
  return floor.add(seed(path, more));
};
/** A request that stays open until the test lets it go on. */
const held = (): { readonly answer: Answer; readonly asked: Promise<void>; release(): void } => {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  return {
    answer: (request, response) => {
      asked.resolve();
      void released.promise.then(() => serve(bytes)(request, response));
    },
    asked: asked.promise,
    release: () => released.resolve(),
  };
};
const lyingFiles = (): Promise<readonly string[]> => readdir(dirname(floor.pathOf('x'))).catch(() => []);
const attemptsOf = (fileId: number) =>
  floor.store.read.selectFrom('attempts').selectAll().where('fileId', '=', fileId).orderBy('id').execute();

describe('a file that is due', () => {
  it('is fetched, verified and given its name, and the history says so', async () => {
    const id = await addServed('/cover.pdf');
    await floor.start();
    expect(await floor.untilState(id, 'ready')).toMatchObject({
      receivedBytes: bytes.length,
      md5: md5Of(bytes),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      verification: 'size+md5',
      attempts: 1,
      problem: null,
      nextAtMs: null,
      leaseOwner: null,
      readyAtMs: floor.clock.nowMs(),
    });
    expect(await readFile(floor.pathOf('cover.pdf'))).toEqual(bytes);
    expect(await lyingFiles()).toEqual(['cover.pdf']);
    expect(await floor.history()).toMatchObject([
      { code: 'file.fetching', detail: { role: 'cover' } },
      {
        code: 'file.ready',
        evidence: 'hashMatched',
        detail: { role: 'cover', bytes: bytes.length, verification: 'size+md5' },
      },
      { code: 'item.printReady', evidence: 'hashMatched', itemId: 1 },
    ]);
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'done' }]);
    expect(await floor.channel()).toMatchObject({ name: `downloads ${host.host}`, state: 'open' });
  });

  it('makes its item print-ready only when it is the last of it', async () => {
    const cover = await addServed('/cover.pdf');
    const second = held();
    host.on('/book.pdf', second.answer);
    const book = await floor.add(seed('/book.pdf', { role: 'bookBlock' }));
    await floor.start();
    await floor.untilState(cover, 'ready');
    await second.asked;
    expect(await floor.item(1)).toMatchObject({
      fetchingAtMs: floor.clock.nowMs(),
      printReadyAtMs: null,
      stage: 'fetching',
    });
    second.release();
    await floor.untilState(book, 'ready');
    expect(await floor.item(1)).toMatchObject({ printReadyAtMs: floor.clock.nowMs(), stage: 'printReady' });
    expect(await floor.item(2)).toMatchObject({ fetchingAtMs: null, stage: 'received' });
  });

  it('hands on to what comes after it in the same transaction', async () => {
    const id = await addServed('/cover.pdf');
    const seen: unknown[] = [];
    await floor.start({
      onReady: async ({ db }, fileId) => {
        seen.push(await db.selectFrom('files').select(['id', 'state']).where('id', '=', fileId).executeTakeFirst());
      },
    });
    await floor.untilState(id, 'ready');
    expect(seen).toEqual([{ id, state: 'ready' }]);
  });

  it('is asked for after those of a reorder, and the oldest first', async () => {
    const order: string[] = [];
    for (const [path, priority] of [
      ['/old.pdf', 0],
      ['/new.pdf', 0],
      ['/reorder.pdf', 1],
    ] as const) {
      host.on(path, (request, response) => {
        order.push(path);
        serve(bytes)(request, response);
      });
      await floor.add(seed(path, { priority }));
    }
    await floor.start({
      limits: { concurrency: 1, perHostConcurrency: 4, bandwidthBytesPerSecond: 0, minimumFreeBytes: 0 },
    });
    await floor.untilState(2, 'ready');
    expect(order).toEqual(['/reorder.pdf', '/old.pdf', '/new.pdf']);
  });

  it('waits for its turn at its host', async () => {
    const first = held();
    host.on('/a.pdf', first.answer);
    const a = await floor.add(seed('/a.pdf'));
    const b = await addServed('/b.pdf', { connection: 'px' });
    const limits = { concurrency: 4, perHostConcurrency: 1, bandwidthBytesPerSecond: 0, minimumFreeBytes: 0 };
    await floor.start({ limits });
    await first.asked;
    await floor.settled();
    expect((await floor.file(b)).state).toBe('queued');
    floor.downloads.setLimits({ ...limits, perHostConcurrency: 2 });
    await floor.untilState(b, 'ready');
    first.release();
    await floor.untilState(a, 'ready');
  });

  it('waits while a person has paused its connection, and is fetched when it is resumed', async () => {
    const id = await addServed('/cover.pdf');
    const pause = (paused: 0 | 1) =>
      floor.store.write(({ db }) => db.updateTable('connections').set({ pausedByPerson: paused }).execute());
    await pause(1);
    await floor.start();
    await floor.settled();
    expect((await floor.file(id)).state).toBe('queued');
    await pause(0);
    floor.downloads.poke();
    await floor.untilState(id, 'ready');
  });

  it('is fetched although its item is held, and not when its item is cancelled', async () => {
    await floor.store.write(async ({ db }) => {
      await db.updateTable('items').set({ heldAtMs: 1 }).where('id', '=', 1).execute();
      await db.updateTable('items').set({ cancelledAtMs: 1 }).where('id', '=', 2).execute();
    });
    const heldBack = await addServed('/held.pdf', { item: 1 });
    const cancelled = await addServed('/cancelled.pdf', { item: 2 });
    await floor.start();
    await floor.untilState(heldBack, 'ready');
    expect(await floor.until(cancelled, (file) => file.nextAtMs === null)).toMatchObject({ state: 'queued' });
    expect(host.asked.map(({ path }) => path)).toEqual(['/held.pdf']);
  });

  it('claims no more than was checked', async () => {
    const png = makePng({ seed: 1, blocksWide: 4, blocksHigh: 4 });
    host.on('/sized.png', serve(png));
    host.on('/bare.png', serve(png));
    const bare = { format: 'png', expectedMd5: null, expectedBytes: null };
    const sized = await floor.add(seed('/sized.png', { ...bare, expectedBytes: png.length }));
    const whole = await floor.add(seed('/bare.png', bare));
    const unknown = await addServed('/unknown.tif', { ...bare, format: 'tiff' });
    await floor.start();
    expect(await floor.untilState(sized, 'ready')).toMatchObject({ verification: 'size' });
    expect(await floor.untilState(whole, 'ready')).toMatchObject({ verification: 'length+structure' });
    expect(await floor.untilState(unknown, 'ready')).toMatchObject({ verification: null });
    for (const [id, verification] of [
      [whole, 'length+structure'],
      [unknown, null],
    ] as const) {
      const ready = (await floor.history(id)).find(({ code }) => code === 'file.ready');
      expect(ready).toMatchObject({ evidence: 'stationDid', detail: { verification } });
    }
  });
});

describe('a file that fails its MD5', () => {
  it('never appears under its final name', async () => {
    host.on('/bad.pdf', serve(damaged));
    const bad = await floor.add(seed('/bad.pdf'));
    const good = await addServed('/good.pdf');
    await floor.start();
    // The first two fetches follow each other at once.
    await floor.until(bad, (file) => file.state === 'waiting' && file.mismatches === 2);
    floor.clock.turn(4_999);
    await floor.settled();
    expect((await floor.file(bad)).mismatches).toBe(2);
    floor.clock.turn(1);
    await floor.until(bad, (file) => file.state === 'waiting' && file.mismatches === 3);
    floor.clock.turn(30_000);
    expect(await floor.untilState(bad, 'problem')).toMatchObject({
      problemCode: 'mismatch',
      problem: `MD5 differs after 4 fetches: expected ${md5Of(bytes)}, found ${md5Of(damaged)}`,
      mismatches: 4,
      attempts: 4,
      md5: md5Of(damaged),
      nextAtMs: null,
    });
    await floor.untilState(good, 'ready');
    expect(await lyingFiles()).toEqual(['good.pdf']);
    expect(host.asked.filter(({ path }) => path === '/bad.pdf')).toHaveLength(4);
    expect(await floor.codes(bad)).toEqual([
      'file.fetching',
      ...Array.from({ length: 4 }, () => 'file.mismatch'),
      'file.problem',
    ]);
    expect((await floor.history(bad))[1]?.detail).toEqual({
      role: 'cover',
      expectedMd5: md5Of(bytes),
      foundMd5: md5Of(damaged),
      expectedBytes: bytes.length,
      foundBytes: bytes.length,
    });
    expect(await floor.item(1)).toMatchObject({ problemCode: 'mismatch', stage: 'fetching' });
  });

  it('is ready when the second fetch brings the right bytes', async () => {
    host.on('/cover.pdf', serve(damaged), serve(bytes));
    const id = await floor.add(seed('/cover.pdf'));
    await floor.start();
    expect(await floor.untilState(id, 'ready')).toMatchObject({ attempts: 2, mismatches: 1, problem: null });
    expect(await readFile(floor.pathOf('cover.pdf'))).toEqual(bytes);
  });
});

describe('a file of which only the structure can be checked', () => {
  const bare = { expectedMd5: null, expectedBytes: null, ofJob: true };
  const page: Answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Back soon</title>');
  };

  it('never appears under its final name when it is not what it should be', async () => {
    host.on('/cover.pdf', page);
    const id = await floor.add(seed('/cover.pdf', bare));
    await floor.start();
    await floor.until(id, (file) => file.state === 'waiting' && file.mismatches === 2);
    floor.clock.turn(5_000);
    await floor.until(id, (file) => file.state === 'waiting' && file.mismatches === 3);
    floor.clock.turn(30_000);
    expect(await floor.untilState(id, 'problem')).toMatchObject({
      problemCode: 'mismatch',
      problem: 'announced as pdf, but it is an HTML page (after 4 fetches)',
      attempts: 4,
      nextAtMs: null,
    });
    expect(await lyingFiles()).toEqual([]);
    expect(await floor.history(id)).toContainEqual(
      expect.objectContaining({
        code: 'file.mismatch',
        detail: expect.objectContaining({ problem: 'announced as pdf, but it is an HTML page' }),
      }),
    );
    expect(await attemptsOf(id)).toMatchObject(
      Array.from({ length: 4 }, () => ({ outcome: 'mismatch', excerpt: expect.stringContaining('HTML page') })),
    );
    expect(await floor.channel()).toMatchObject({ state: 'open' });
  });

  it('is ready when the second fetch brings the PDF', async () => {
    const pdf = await makePdf({ seed: 1, pageCount: 2, trimWidthMm: 100, trimHeightMm: 100, title: 'Field notes' });
    host.on('/cover.pdf', page, serve(pdf));
    const id = await floor.add(seed('/cover.pdf', bare));
    await floor.start();
    expect(await floor.untilState(id, 'ready')).toMatchObject({
      verification: 'length+structure',
      attempts: 2,
      problem: null,
      receivedBytes: pdf.length,
    });
    expect(await readFile(floor.pathOf('cover.pdf'))).toEqual(Buffer.from(pdf));
  });
});

describe('a file that is a problem', () => {
  it('is fetched from its start when a person asks', async () => {
    host.on('/cover.pdf', status(404));
    const id = await floor.add(seed('/cover.pdf'));
    await floor.start();
    expect(await floor.untilState(id, 'problem')).toMatchObject({
      problemCode: 'gone',
      problem: `${host.host} answered 404`,
    });
    expect(await floor.item(1)).toMatchObject({ problem: `cover: ${host.host} answered 404` });
    host.on('/cover.pdf', serve(bytes));
    await floor.downloads.retryFile(id, 'AB');
    expect(await floor.untilState(id, 'ready')).toMatchObject({ attempts: 2 });
    expect(await floor.item(1)).toMatchObject({ problem: null, stage: 'printReady' });
    expect(await floor.history(id)).toMatchObject([
      { code: 'file.fetching' },
      { code: 'file.problem', evidence: 'platformSaid' },
      { code: 'file.retried', by: 'AB', evidence: 'operatorSaid' },
      { code: 'file.ready' },
    ]);
    await expect(floor.downloads.retryFile(id)).rejects.toThrow('the file is ready');
    await expect(floor.downloads.retryFile(999)).rejects.toThrow('there is no file 999');
    // One that was ready and is gone can be had again.
    await rm(floor.pathOf('cover.pdf'));
    await floor.downloads.retryFile(id, 'AB');
    await floor.untilState(id, 'ready');
    expect(await readFile(floor.pathOf('cover.pdf'))).toEqual(Buffer.from(bytes));
  });

  it('goes with all the others when a person retries all problems', async () => {
    host.on('/a.pdf', status(404), serve(bytes));
    host.on('/b.pdf', status(400), serve(bytes));
    const [a, b] = [await floor.add(seed('/a.pdf')), await floor.add(seed('/b.pdf'))];
    await floor.start();
    for (const id of [a, b]) await floor.untilState(id, 'problem');
    expect(await floor.downloads.retryProblems()).toBe(2);
    for (const id of [a, b]) await floor.untilState(id, 'ready');
    expect(await floor.downloads.retryProblems()).toBe(0);
  });

  it('is one whose address is refused', async () => {
    const id = await addServed('/cover.pdf');
    await floor.start({ connection: () => ({ allowPrivateAddresses: false, platformName: 'Cloudprinter' }) });
    expect(await floor.untilState(id, 'problem')).toMatchObject({
      problemCode: 'addressRefused',
      problem: '127.0.0.1 is not a public address',
    });
    expect(host.asked).toEqual([]);
    expect(await floor.channel()).toBeUndefined();
  });
});

describe('a host that does not answer', () => {
  it('makes its files wait in line, with one probe at a time, and nothing is marked failed', async () => {
    for (const path of ['/a.pdf', '/b.pdf', '/c.pdf', '/d.pdf', '/e.pdf', '/f.pdf']) {
      host.on(path, status(503));
      await floor.add(seed(path));
    }
    await floor.start();
    for (const id of [1, 2, 3, 4]) {
      expect(await floor.untilState(id, 'waiting')).toMatchObject({
        problemCode: 'serverError',
        problem: `${host.host} answered 503`,
        nextAtMs: floor.clock.nowMs() + 5_000,
      });
    }
    await floor.settled();
    expect(host.asked).toHaveLength(4);
    expect(await floor.channel()).toMatchObject({ state: 'waiting', failures: 1 });

    floor.clock.turn(5_000);
    await floor.untilState(5, 'waiting');
    await floor.settled();
    expect(host.asked).toHaveLength(5);
    expect(await floor.channel()).toMatchObject({ state: 'waiting', failures: 2 });

    for (const path of ['/a.pdf', '/b.pdf', '/c.pdf', '/d.pdf', '/e.pdf', '/f.pdf']) host.on(path, serve(bytes));
    floor.clock.turn(10_000);
    for (const id of [1, 2, 3, 4, 5, 6]) await floor.untilState(id, 'ready');
    expect(await floor.channel()).toMatchObject({ state: 'open', failures: 0, problem: null });
    expect(await floor.codes(1)).toEqual(['file.fetching', 'file.waiting', 'file.ready']);
  });

  it('is asked no sooner than it says', async () => {
    host.on('/a.pdf', status(429, { 'retry-after': '600' }), serve(bytes));
    const id = await floor.add(seed('/a.pdf'));
    await floor.start();
    expect(await floor.untilState(id, 'waiting')).toMatchObject({ nextAtMs: floor.clock.nowMs() + 600_000 });
    floor.clock.turn(599_999);
    await floor.settled();
    expect(host.asked).toHaveLength(1);
    floor.clock.turn(1);
    await floor.untilState(id, 'ready');
  });

  it('does not hold up another host', async () => {
    const other = await startFileHost();
    try {
      host.on('/a.pdf', status(503));
      other.on('/b.pdf', serve(bytes));
      const a = await floor.add(seed('/a.pdf'));
      const b = await floor.add(seed('/b.pdf', { url: `${other.url}/b.pdf` }));
      await floor.start();
      await floor.untilState(a, 'waiting');
      await floor.untilState(b, 'ready');
    } finally {
      await other.stop();
    }
  });

  it('goes on with the bytes that had come when the connection broke', async () => {
    host.on('/cover.pdf', breakAfter(bytes, 150_000), serve(bytes));
    const id = await floor.add(seed('/cover.pdf'));
    await floor.start();
    const broken = await floor.untilState(id, 'waiting');
    expect(broken).toMatchObject({ problemCode: 'network', validator: `"${md5Of(bytes)}"` });
    expect(broken.receivedBytes).toBeGreaterThan(0);
    floor.clock.turn(5_000);
    await floor.untilState(id, 'ready');
    expect(host.asked[1]).toMatchObject({ range: `bytes=${broken.receivedBytes}-`, ifRange: broken.validator });
    expect(await readFile(floor.pathOf('cover.pdf'))).toEqual(bytes);
  });

  it('is tried at once when a person retries a file of it', async () => {
    host.on('/a.pdf', status(503), serve(bytes));
    const id = await floor.add(seed('/a.pdf'));
    await floor.start();
    await floor.untilState(id, 'waiting');
    await floor.downloads.retryFile(id);
    await floor.untilState(id, 'ready');
  });
});

describe('a host that refuses us', () => {
  it('alarms its channel, says where to look, and everything waits', async () => {
    host.on('/a.pdf', status(403));
    host.on('/b.pdf', status(403));
    const [a, b] = [await floor.add(seed('/a.pdf')), await floor.add(seed('/b.pdf'))];
    await floor.start();
    const problem = `check the download addresses (ACL) at Cloudprinter: ${host.host} answered 403`;
    for (const id of [a, b])
      expect(await floor.untilState(id, 'waiting')).toMatchObject({ problemCode: 'refused', problem });
    expect(await floor.channel()).toMatchObject({ state: 'alarm', problem });
    floor.clock.turn(899_000);
    await floor.settled();
    expect(host.asked).toHaveLength(2);
    host.on('/a.pdf', serve(bytes));
    host.on('/b.pdf', serve(bytes));
    floor.clock.turn(200_000);
    for (const id of [a, b]) await floor.untilState(id, 'ready');
    expect(await floor.channel()).toMatchObject({ state: 'open' });
  });

  it('has a problem with one file when it refuses that alone three times', async () => {
    host.on('/secret.pdf', status(403));
    const secret = await floor.add(seed('/secret.pdf'));
    const good = await addServed('/good.pdf');
    await floor.start({
      limits: { concurrency: 1, perHostConcurrency: 1, bandwidthBytesPerSecond: 0, minimumFreeBytes: 0 },
    });
    await floor.untilState(secret, 'waiting');
    expect(await floor.channel()).toMatchObject({ state: 'alarm' });
    // The second opinion: another file of the channel, soon.
    floor.clock.turn(5_000);
    await floor.untilState(good, 'ready');
    await floor.until(secret, (file) => file.problemCode === 'refusedFile');
    floor.clock.turn(120_000);
    expect(await floor.untilState(secret, 'problem')).toMatchObject({ problemCode: 'refused', attempts: 3 });
    expect(await floor.channel()).toMatchObject({ state: 'open' });
  });
});

describe('a file that needs credentials', () => {
  const secret = 'token-of-the-platform-0123456789';
  const platformName = 'Customer’s Canvas';
  const tokenFile = (path: string): FileSeed => seed(path, { needsToken: true, ofJob: true });

  /** A connection that gives a new token for each attempt, and logs. */
  const connectionWith = (log: string[]) => {
    let given = 0;
    return () => ({
      allowPrivateAddresses: true,
      platformName,
      authorize: async (url: string) => {
        given += 1;
        const token = `${secret}-${given}`;
        log.push(`authorize ${new URL(url).pathname}`);
        return {
          kind: 'headers' as const,
          headers: { authorization: `Bearer ${token}` },
          release: (httpStatus: number | null) => void log.push(`release ${httpStatus}`),
        };
      },
    });
  };

  it('is fetched with fresh ones at each attempt, and one that needs none is fetched without', async () => {
    const log: string[] = [];
    host.on('/a.pdf', status(503), serve(bytes));
    host.on('/b.pdf', serve(bytes));
    const a = await floor.add(tokenFile('/a.pdf'));
    await floor.start({ connection: connectionWith(log) });
    await floor.untilState(a, 'waiting');
    const b = await floor.add(seed('/b.pdf', { ofJob: true }));
    floor.clock.turn(5_000);
    await floor.untilState(a, 'ready');
    await floor.untilState(b, 'ready');
    const seen = host.asked.map(({ path, authorization }) => [path, authorization]);
    expect(seen.filter(([path]) => path === '/a.pdf')).toEqual([
      ['/a.pdf', `Bearer ${secret}-1`],
      ['/a.pdf', `Bearer ${secret}-2`],
    ]);
    expect(seen.filter(([path]) => path === '/b.pdf')).toEqual([['/b.pdf', undefined]]);
    expect(log).toEqual(['authorize /a.pdf', 'release 503', 'authorize /a.pdf', 'release null']);
  });

  it('gives its place in the budget back while the bytes still come', async () => {
    const released = Promise.withResolvers<void>();
    host.on('/a.pdf', (_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 1000));
      void released.promise.then(() => response.end(bytes.subarray(1000)));
    });
    const id = await floor.add(tokenFile('/a.pdf'));
    await floor.start({
      connection: () => ({
        allowPrivateAddresses: true,
        platformName,
        authorize: async () => ({ kind: 'headers', headers: {}, release: () => released.resolve() }),
      }),
    });
    await floor.untilState(id, 'ready');
  });

  it('alarms its channel when they are refused, and leaves them in no table', async () => {
    const log: string[] = [];
    host.on('/a.pdf', (request, response) => {
      response.writeHead(403).end(`not with ${request.headers.authorization}`);
    });
    const id = await floor.add(tokenFile('/a.pdf'));
    await floor.start({ connection: connectionWith(log) });
    const problem = `check the credentials of ${platformName}: ${host.host} answered 403`;
    expect(await floor.untilState(id, 'waiting')).toMatchObject({ problemCode: 'refused', problem });
    expect(await floor.channel()).toMatchObject({ state: 'alarm', problem });
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'refused', httpStatus: 403, excerpt: 'not with ***' }]);
    expect(host.asked[0]?.authorization).toContain(secret);
    const stored = await Promise.all(['', '-wal'].map((end) => readFile(`${floor.folder}/platen.db${end}`, 'latin1')));
    expect(stored.join('')).toContain('not with ***');
    expect(stored.join('')).not.toContain(secret);
  });

  it('waits with its channel, unasked for, while the connection cannot get any', async () => {
    const id = await floor.add(tokenFile('/a.pdf'));
    await floor.start({
      connection: () => ({
        allowPrivateAddresses: true,
        platformName,
        authorize: async () => ({ kind: 'failed', failure: failure('network', 'identity.example: no such host') }),
      }),
    });
    expect(await floor.untilState(id, 'waiting')).toMatchObject({
      problemCode: 'network',
      problem: 'identity.example: no such host',
      nextAtMs: floor.clock.nowMs() + 5_000,
    });
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'network', excerpt: 'identity.example: no such host' }]);
    expect(host.asked).toEqual([]);
  });

  it('is not fetched by a connection that has none', async () => {
    const id = await floor.add(tokenFile('/a.pdf'));
    await floor.start();
    expect(await floor.untilState(id, 'waiting')).toMatchObject({ problemCode: 'refused' });
    expect(host.asked).toEqual([]);
  });
});

describe('a job’s file that its host no longer has', () => {
  it('is a problem at once that says what to do, and holds nothing else up', async () => {
    for (const code of [403, 404, 410]) host.on(`/${code}.pdf`, status(code));
    const ids: number[] = [];
    for (const code of [403, 404, 410]) ids.push(await floor.add(seed(`/${code}.pdf`, { ofJob: true })));
    const other = await addServed('/other.pdf');
    await floor.start();
    for (const id of ids) {
      expect(await floor.untilState(id, 'problem')).toMatchObject({
        problemCode: 'expired',
        problem: `${host.host} no longer has this file: have it rendered again`,
        attempts: 1,
        nextAtMs: null,
      });
    }
    await floor.untilState(other, 'ready');
    expect(await floor.channel()).toMatchObject({ state: 'open', problem: null });
    expect(await floor.codes(ids[0])).toEqual(['file.fetching', 'file.problem']);
  });
});

describe('a full disk', () => {
  it('makes the file wait with the numbers, tells the station once, and is looked at every 30 s', async () => {
    let free = 1_000;
    const told: string[] = [];
    const id = await addServed('/cover.pdf');
    const few = sampleBytes(100);
    const small = await floor.add({
      url: `${host.url}/small.pdf`,
      expectedBytes: few.length,
      expectedMd5: md5Of(few),
      name: 'small.pdf',
    });
    host.on('/small.pdf', serve(few));
    await floor.start({
      limits: { concurrency: 4, perHostConcurrency: 4, bandwidthBytesPerSecond: 0, minimumFreeBytes: 500 },
      diskFree: async () => free,
      onDiskFull: (freeBytes) => void told.push(`full: ${freeBytes}`),
      onDiskOk: () => void told.push('ok'),
    });
    expect(await floor.untilState(id, 'waiting')).toMatchObject({
      problemCode: 'diskFull',
      problem: `the disk is full: 1000 bytes free, ${bytes.length + 500} bytes needed`,
      nextAtMs: floor.clock.nowMs() + 30_000,
      attempts: 0,
    });
    await floor.untilState(small, 'ready');
    floor.clock.turn(30_000);
    await floor.until(id, (file) => file.nextAtMs === floor.clock.nowMs() + 30_000);
    expect((await floor.codes(id)).filter((code) => code === 'file.waiting')).toHaveLength(1);
    free = 1_000_000;
    floor.clock.turn(30_000);
    await floor.untilState(id, 'ready');
    expect(told.at(0)).toBe('full: 1000');
    expect(told.at(-1)).toBe('ok');
  });
});

describe('a disk that fills up while it is written to', () => {
  it('makes the file wait like one that was full before', async () => {
    const id = await addServed('/cover.pdf');
    const told: number[] = [];
    const full: TransferOutcome = {
      kind: 'failed',
      failure: failure('diskFull', 'ENOSPC: no space left on device, write'),
      left: { receivedBytes: 100_000, validator: '"1"' },
    };
    await floor.start({
      limits: { concurrency: 4, perHostConcurrency: 4, bandwidthBytesPerSecond: 0, minimumFreeBytes: 500 },
      diskFree: async () => 1_000_000,
      onDiskFull: (freeBytes) => void told.push(freeBytes),
      runner: { run: async () => full, setBytesPerSecond: () => undefined, close: async () => undefined },
    });
    expect(await floor.untilState(id, 'waiting')).toMatchObject({
      problemCode: 'diskFull',
      problem: `the disk is full: 1000000 bytes free, ${bytes.length - 100_000 + 500} bytes needed`,
      nextAtMs: floor.clock.nowMs() + 30_000,
      receivedBytes: 100_000,
      validator: '"1"',
    });
    expect(told).toEqual([1_000_000]);
    expect(await floor.codes(id)).toEqual(['file.fetching', 'file.waiting']);
  });
});

describe('a local failure', () => {
  it('is tried again, and is a problem after ten times', async () => {
    await mkdir(floor.filesFolder, { recursive: true });
    // A file where a folder should be.
    await writeFile(`${floor.filesFolder}/cp`, '');
    const id = await addServed('/cover.pdf');
    await floor.start();
    for (let attempt = 1; attempt < 10; attempt += 1) {
      await floor.until(id, (file) => file.state === 'waiting' && file.attempts === attempt);
      floor.clock.turn(600_000);
    }
    expect(await floor.untilState(id, 'problem')).toMatchObject({ problemCode: 'local', attempts: 10 });
    await floor.downloads.retryFile(id);
    // The person's retry counts anew.
    await floor.until(id, (file) => file.state === 'waiting' && file.attempts === 11);
  });
});

describe('a restart', () => {
  it('goes on where the stop cut a transfer off', async () => {
    host.on('/cover.pdf', (_request, response) => {
      response.writeHead(200, { etag: `"${md5Of(bytes)}"`, 'content-length': bytes.length });
      response.write(bytes.subarray(0, 120_000));
    });
    const id = await floor.add(seed('/cover.pdf'));
    await floor.start();
    await expect.poll(() => floor.downloads.running()[0]?.receivedBytes).toBe(120_000);
    await floor.stopDownloads();
    expect(await floor.file(id)).toMatchObject({ state: 'queued', receivedBytes: 120_000, leaseOwner: null });
    expect(await lyingFiles()).toEqual(['cover.pdf.part']);

    host.on('/cover.pdf', serve(bytes));
    await floor.start();
    await floor.untilState(id, 'ready');
    expect(host.asked[1]).toMatchObject({ range: 'bytes=120000-' });
    expect(await readFile(floor.pathOf('cover.pdf'))).toEqual(bytes);
    expect(await floor.codes(id)).toEqual(['file.fetching', 'file.ready']);
  });

  it('recognises a file that got its name just before the crash', async () => {
    const id = await addServed('/cover.pdf');
    await mkdir(dirname(floor.pathOf('cover.pdf')), { recursive: true });
    await writeFile(floor.pathOf('cover.pdf'), bytes);
    await floor.store.write(({ db }) =>
      db
        .updateTable('files')
        .set({ state: 'fetching', leaseOwner: 'gone', leaseUntilMs: Number.MAX_SAFE_INTEGER })
        .execute(),
    );
    await floor.start();
    expect(await floor.untilState(id, 'ready')).toMatchObject({ verification: 'size+md5', leaseOwner: null });
    expect(host.asked).toEqual([]);
    expect(await attemptsOf(id)).toEqual([]);
  });

  it('trusts no part file that no MD5 will check', async () => {
    const id = await addServed('/cover.pdf', { expectedMd5: null, format: 'tiff' });
    await mkdir(dirname(floor.pathOf('cover.pdf')), { recursive: true });
    await writeFile(`${floor.pathOf('cover.pdf')}.part`, sampleBytes(1000, 5));
    await floor.store.write(({ db }) =>
      db
        .updateTable('files')
        .set({ state: 'fetching', validator: `"${md5Of(bytes)}"`, receivedBytes: 1000 })
        .execute(),
    );
    await floor.start();
    await floor.untilState(id, 'ready');
    expect(host.asked[0]?.range).toBeUndefined();
    expect(await readFile(floor.pathOf('cover.pdf'))).toEqual(bytes);
  });
});

describe('running transfers', () => {
  it('are told of while they run', async () => {
    const open = held();
    host.on('/cover.pdf', open.answer);
    const id = await floor.add(seed('/cover.pdf'));
    const batches: (readonly TransferProgress[])[] = [];
    await floor.start({ onProgress: (transfers) => void batches.push(transfers) });
    await open.asked;
    expect(floor.downloads.running()).toMatchObject([{ fileId: id, attempt: 1, condition: 'moving' }]);
    floor.clock.turn(200);
    expect(batches.at(-1)).toMatchObject([{ fileId: id }]);
    open.release();
    await floor.untilState(id, 'ready');
    await expect.poll(() => floor.downloads.running()).toEqual([]);
    floor.clock.turn(200);
    expect(batches.at(-1)).toEqual([]);
  });

  it('that stall are given up and tried again', async () => {
    host.on(
      '/cover.pdf',
      (_request, response) => {
        response.writeHead(200, { etag: `"${md5Of(bytes)}"`, 'content-length': bytes.length });
        response.write(bytes.subarray(0, 1000));
      },
      serve(bytes),
    );
    const id = await floor.add(seed('/cover.pdf'));
    await floor.start({ timeouts: { ...defaultTimeouts, stallMs: 100 } });
    expect(await floor.untilState(id, 'waiting')).toMatchObject({ problemCode: 'timeout', receivedBytes: 1000 });
    floor.clock.turn(5_000);
    await floor.untilState(id, 'ready');
  });
});
