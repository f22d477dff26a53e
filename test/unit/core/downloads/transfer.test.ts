import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bandwidth, createBandwidthCell } from '../../../../main/core/downloads/bandwidth.ts';
import { FileStructures } from '../../../../main/core/downloads/file-structure.ts';
import { SourceClient } from '../../../../main/core/downloads/source-stream.ts';
import { runTransfer } from '../../../../main/core/downloads/transfer.ts';
import {
  defaultTimeouts,
  type TransferReport,
  type TransferRequest,
} from '../../../../main/core/downloads/transfer-protocol.ts';
import { failure } from '../../../../main/core/work/failure.ts';
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
const etag = `"${md5Of(bytes)}"`;

let folder: string;
let host: FileHost;
let client: SourceClient;
let reports: TransferReport[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-transfer-'));
  host = await startFileHost();
  client = new SourceClient();
  reports = [];
});
afterEach(async () => {
  client.close();
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

const finalPath = (): string => join(folder, 'order', 'cover.pdf');
const partPath = (): string => `${finalPath()}.part`;

const transfer = (more: Partial<TransferRequest> = {}, signal = new AbortController().signal) =>
  runTransfer(
    {
      url: `${host.url}/cover.pdf`,
      allowPrivateAddresses: true,
      finalPath: finalPath(),
      expectedBytes: bytes.length,
      expectedMd5: md5Of(bytes),
      format: 'bin',
      validator: null,
      headers: {},
      timeouts: defaultTimeouts,
      ...more,
    },
    {
      client,
      bandwidth: new Bandwidth(createBandwidthCell()),
      structures: new FileStructures(),
      signal,
      nowMs: () => 0,
      report: (report) => reports.push(report),
    },
  );

const leavePart = async (content: Uint8Array): Promise<void> => {
  await mkdir(join(folder, 'order'), { recursive: true });
  await writeFile(partPath(), content);
};
const lyingFiles = async (): Promise<readonly string[]> => readdir(join(folder, 'order')).catch(() => []);
const expectWhole = async (): Promise<void> => {
  expect(await lyingFiles()).toEqual(['cover.pdf']);
  expect(await readFile(finalPath())).toEqual(bytes);
};

describe('a transfer', () => {
  it('answers what it found, and leaves the file under its final name alone', async () => {
    host.on('/cover.pdf', serve(bytes));
    const outcome = await transfer();
    expect(outcome).toMatchObject({ kind: 'done', found: 'fetched', bytes: bytes.length, md5: md5Of(bytes) });
    expect(outcome.kind === 'done' && outcome.sha256).toMatch(/^[0-9a-f]{64}$/);
    await expectWhole();
  });

  it('fetches an empty file', async () => {
    host.on('/cover.pdf', serve(Buffer.alloc(0)));
    expect(await transfer({ expectedBytes: 0, expectedMd5: md5Of(Buffer.alloc(0)) })).toMatchObject({ kind: 'done' });
    expect((await readFile(finalPath())).length).toBe(0);
  });

  it('tells how far it is', async () => {
    host.on('/cover.pdf', serve(bytes));
    await transfer();
    expect(reports.at(-1)).toEqual({
      phase: 'verifying',
      receivedBytes: bytes.length,
      totalBytes: bytes.length,
      validator: etag,
    });
  });

  it('goes on where it was cut off, by Range and If-Range', async () => {
    host.on('/cover.pdf', breakAfter(bytes, 100_000), serve(bytes));
    const first = await transfer();
    expect(first).toMatchObject({ kind: 'failed', failure: { class: 'network' }, left: { validator: etag } });
    if (first.kind !== 'failed') throw new Error('it was not cut off');
    expect(first.left.receivedBytes).toBeGreaterThan(0);
    expect(await lyingFiles()).toEqual(['cover.pdf.part']);

    expect(await transfer({ validator: first.left.validator })).toMatchObject({ kind: 'done' });
    expect(host.asked[1]).toEqual({ path: '/cover.pdf', range: `bytes=${first.left.receivedBytes}-`, ifRange: etag });
    await expectWhole();
  });

  it('resumes by the date when the ETag is weak', async () => {
    const date = 'Mon, 02 Mar 2026 08:00:00 GMT';
    const weak = { etag: 'W/"1"', 'last-modified': date };
    const rest: Answer = (request, response) => {
      expect(request.headers['if-range']).toBe(date);
      response.writeHead(206, { ...weak, 'content-range': `bytes 1000-${bytes.length - 1}/${bytes.length}` });
      response.end(bytes.subarray(1000));
    };
    host.on('/cover.pdf', rest);
    await leavePart(bytes.subarray(0, 1000));
    expect(await transfer({ validator: date })).toMatchObject({ kind: 'done' });
    await expectWhole();
  });

  it('starts over when nobody knows what the part file belongs to', async () => {
    host.on('/cover.pdf', serve(bytes));
    await leavePart(sampleBytes(5_000, 9));
    expect(await transfer({ validator: null })).toMatchObject({ kind: 'done' });
    expect(host.asked[0]?.range).toBeUndefined();
    await expectWhole();
  });

  it('needs no request when the part file is whole already', async () => {
    await leavePart(bytes);
    expect(await transfer()).toMatchObject({ kind: 'done', md5: md5Of(bytes) });
    expect(host.asked).toEqual([]);
    await expectWhole();
  });

  it.each<readonly [string, Answer]>([
    ['the answer is 200 and not 206', (_request, response) => response.writeHead(200, { etag }).end(bytes)],
    [
      'the rest begins at another byte',
      (request, response) => {
        if (request.headers.range === undefined) return serve(bytes)(request, response);
        response.writeHead(206, { etag, 'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}` }).end(bytes);
      },
    ],
    [
      'the rest is of a file with another ETag',
      (request, response) => {
        if (request.headers.range === undefined) return serve(bytes)(request, response);
        const range = `bytes 1000-${bytes.length - 1}/${bytes.length}`;
        response.writeHead(206, { etag: '"other"', 'content-range': range }).end(bytes.subarray(1000));
      },
    ],
    [
      'the rest cannot be had (416)',
      (request, response) =>
        request.headers.range === undefined ? serve(bytes)(request, response) : status(416)(request, response),
    ],
  ])('starts over when %s', async (_what, answer) => {
    host.on('/cover.pdf', answer);
    // Other bytes than the file's: had they been kept, the MD5 would tell.
    await leavePart(sampleBytes(1000, 7));
    expect(await transfer({ validator: etag })).toMatchObject({ kind: 'done' });
    await expectWhole();
  });

  it('starts over once only', async () => {
    host.on('/cover.pdf', status(416));
    await leavePart(bytes.subarray(0, 1000));
    expect(await transfer({ validator: etag })).toMatchObject({ kind: 'failed', failure: { class: 'rejected' } });
    expect(host.asked).toHaveLength(2);
  });

  it('does not fetch what announces another size', async () => {
    const longer = sampleBytes(bytes.length + 1);
    host.on('/cover.pdf', serve(longer));
    expect(await transfer()).toEqual({ kind: 'mismatch', foundBytes: longer.length, foundMd5: null });
    expect(await lyingFiles()).toEqual([]);
  });

  it('stops at once when more bytes come than announced', async () => {
    const closed = Promise.withResolvers<void>();
    host.on('/cover.pdf', (_request, response) => {
      response.on('close', () => closed.resolve());
      response.writeHead(200, { etag });
      response.write(Buffer.alloc(bytes.length + 1));
      // Never ended: it is the transfer that has to let go.
    });
    expect(await transfer()).toMatchObject({ kind: 'mismatch', foundMd5: null });
    await closed.promise;
    expect(await lyingFiles()).toEqual([]);
  });

  it('never gives a file that fails its MD5 a name', async () => {
    const damaged = Buffer.from(bytes);
    damaged[200_000] = (damaged[200_000] ?? 0) ^ 1;
    host.on('/cover.pdf', serve(damaged));
    expect(await transfer()).toEqual({ kind: 'mismatch', foundBytes: bytes.length, foundMd5: md5Of(damaged) });
    expect(await lyingFiles()).toEqual([]);
  });

  describe('of which nobody knows the size before', () => {
    const unknown = { expectedBytes: null, expectedMd5: null };
    const untilClosed: Answer = (_request, response) => {
      response.shouldKeepAlive = false;
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, { etag }).end(bytes);
    };

    it('believes an answer that says its length, and a chunked one that ends as it should', async () => {
      host.on('/cover.pdf', serve(bytes));
      expect(await transfer(unknown)).toMatchObject({ kind: 'done', bytes: bytes.length, lengthAnnounced: true });
      host.on('/cover.pdf', (_request, response) => response.writeHead(200, { etag }).end(bytes));
      expect(await transfer(unknown)).toMatchObject({ kind: 'done', bytes: bytes.length, lengthAnnounced: false });
      await expectWhole();
    });

    it('does not believe one that ends with its connection', async () => {
      host.on('/cover.pdf', untilClosed);
      expect(await transfer(unknown)).toEqual({
        kind: 'failed',
        failure: failure(
          'rejected',
          `${host.host} answered 200 without saying how long the file is: nobody could tell whether it is whole`,
          { httpStatus: 200 },
        ),
        left: { receivedBytes: 0, validator: null },
      });
      expect(await lyingFiles()).toEqual([]);
      // The control: where the size is known, it is enough.
      expect(await transfer({ expectedMd5: null })).toMatchObject({ kind: 'done' });
    });

    it.each<readonly [string, Answer]>([
      [
        'Content-Length',
        (_request, response) => {
          response.writeHead(200, { etag, 'content-length': bytes.length });
          response.write(bytes.subarray(0, 1000), () => setTimeout(() => response.socket?.end(), 20));
        },
      ],
      [
        'chunks',
        (_request, response) => {
          response.writeHead(200, { etag });
          response.write(bytes.subarray(0, 1000), () => setTimeout(() => response.socket?.end(), 20));
        },
      ],
    ])('takes one that ends before its end for a broken connection: %s', async (_what, answer) => {
      host.on('/cover.pdf', answer);
      expect(await transfer(unknown)).toMatchObject({
        kind: 'failed',
        failure: { class: 'network' },
        left: { receivedBytes: 1000, validator: etag },
      });
      expect(await lyingFiles()).toEqual(['cover.pdf.part']);
    });

    it('starts over when the rest comes without the length of the whole', async () => {
      host.on('/cover.pdf', (request, response) => {
        if (request.headers.range === undefined) return serve(bytes)(request, response);
        response.writeHead(206, { etag, 'content-range': `bytes 1000-1999/*` }).end(bytes.subarray(1000, 2000));
      });
      await leavePart(bytes.subarray(0, 1000));
      expect(await transfer({ ...unknown, validator: etag })).toMatchObject({ kind: 'done', bytes: bytes.length });
      await expectWhole();
    });
  });

  it('gives a file that is not whole no name, and says what is wrong with it', async () => {
    host.on('/cover.pdf', serve(bytes));
    const unsound = { format: 'pdf', expectedMd5: null };
    const problem = 'announced as pdf, but it is not a PDF';
    for (const expectedBytes of [bytes.length, null]) {
      expect(await transfer({ ...unsound, expectedBytes })).toEqual({
        kind: 'broken',
        problem,
        foundBytes: bytes.length,
        foundMd5: md5Of(bytes),
      });
      expect(await lyingFiles()).toEqual([]);
    }
    // With an MD5 it is that which counts.
    expect(await transfer({ format: 'pdf' })).toMatchObject({ kind: 'done', structureChecked: false });
  });

  it('takes a body that ends early in good order for a broken connection', async () => {
    host.on('/cover.pdf', (_request, response) => {
      response.shouldKeepAlive = false;
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, { etag }).end(bytes.subarray(0, 1000));
    });
    expect(await transfer()).toMatchObject({
      kind: 'failed',
      failure: { class: 'network' },
      left: { receivedBytes: 1000, validator: etag },
    });
  });

  it('gives up a connection on which no byte comes', async () => {
    host.on('/cover.pdf', (_request, response) => {
      response.writeHead(200, { etag, 'content-length': bytes.length });
      response.write(bytes.subarray(0, 1000));
    });
    expect(await transfer({ timeouts: { ...defaultTimeouts, stallMs: 100 } })).toMatchObject({
      kind: 'failed',
      failure: { class: 'timeout' },
      left: { receivedBytes: 1000 },
    });
  });

  it('gives up a host that accepts and says nothing', async () => {
    host.on('/cover.pdf', () => undefined);
    expect(await transfer({ timeouts: { ...defaultTimeouts, responseMs: 100 } })).toMatchObject({
      kind: 'failed',
      failure: { class: 'timeout' },
    });
  });

  it('says in plain words that nobody listens', async () => {
    const gone = await startFileHost();
    await gone.stop();
    expect(await transfer({ url: `${gone.url}/cover.pdf` })).toMatchObject({
      kind: 'failed',
      failure: { class: 'network', message: `${gone.host}: connection refused` },
    });
  });

  it.each([
    [403, 'refused'],
    [404, 'gone'],
    [400, 'rejected'],
    [204, 'rejected'],
    [503, 'serverError'],
  ])('takes %i for %s', async (code, failureClass) => {
    host.on('/cover.pdf', status(code));
    const outcome = await transfer();
    expect(outcome).toMatchObject({ kind: 'failed', failure: { class: failureClass, httpStatus: code } });
    expect(await lyingFiles()).toEqual([]);
  });

  it('keeps what the other side says about an error, and how long it asks us to wait', async () => {
    host.on('/cover.pdf', status(429, { 'retry-after': '7' }, '<Error>\n  SlowDown</Error>'));
    expect(await transfer()).toMatchObject({
      failure: { class: 'rateLimited', retryAfterMs: 7_000, excerpt: '<Error> SlowDown</Error>' },
    });
  });

  it('follows redirects, and resumes through them', async () => {
    host.on('/cover.pdf', status(302, { location: '/moved.pdf' }));
    host.on('/moved.pdf', serve(bytes));
    await leavePart(bytes.subarray(0, 1000));
    expect(await transfer({ validator: etag })).toMatchObject({ kind: 'done' });
    expect(host.asked.at(-1)).toMatchObject({ path: '/moved.pdf', range: 'bytes=1000-' });
    await expectWhole();
  });

  it('follows five redirects and no sixth', async () => {
    const hop = (to: number): Answer => status(302, { location: `/hop-${to}` });
    host.on('/cover.pdf', hop(1));
    for (let number = 1; number < 5; number += 1) host.on(`/hop-${number}`, hop(number + 1));
    host.on('/hop-5', serve(bytes));
    expect(await transfer()).toMatchObject({ kind: 'done' });
    host.on('/hop-5', hop(6));
    host.on('/hop-6', serve(bytes));
    expect(await transfer({ finalPath: join(folder, 'other.pdf') })).toMatchObject({
      kind: 'failed',
      failure: { class: 'rejected', message: `${host.host} redirects too often` },
    });
  });

  it.each([
    ['something that is no website', 'ftp://files.example.com/cover.pdf', 'ftp: is not http or https'],
    [
      'an address with a password',
      'http://me:secret@files.example.com/',
      'the URL at files.example.com holds a user name or password',
    ],
    ['nothing', 'http://', 'its target is not a URL'],
  ])('refuses a redirect to %s', async (_what, location, complaint) => {
    host.on('/cover.pdf', status(302, { location }));
    expect(await transfer()).toEqual({ kind: 'addressRefused', message: `${host.host} redirects: ${complaint}` });
  });

  it.each([
    ['a cloud’s metadata', 'http://169.254.169.254/latest/meta-data/', '169.254.169.254 is not a public address'],
    ['this computer as one number', 'http://2130706433:8750/in/cp', '127.0.0.1 is not a public address'],
    ['this computer in hexadecimal', '//0x7f.1/', '127.0.0.1 is not a public address'],
    ['this computer in octal', 'http://0177.0.0.1/', '127.0.0.1 is not a public address'],
    ['the shop’s network in IPv6 clothes', 'http://[::ffff:10.0.0.1]/', '::ffff:a00:1 is not a public address'],
    ['the shop’s network through NAT64', 'http://[64:ff9b::a00:1]/', '64:ff9b::a00:1 is not a public address'],
    ['this computer by name', 'http://localhost:8750/', 'localhost is this computer'],
    [
      'a name that leads inside',
      'http://inside.example/',
      'inside.example leads to 10.0.0.1, which is not a public address',
    ],
  ])('refuses to be led by a redirect to %s', async (_what, location, complaint) => {
    // The test’s own host stands for one of the public internet: it alone is let through the guard.
    client.close();
    client = new SourceClient(
      (name, answer) => answer(null, [{ address: name === 'inside.example' ? '10.0.0.1' : '127.0.0.1', family: 4 }]),
      (address) => address === '127.0.0.1',
    );
    const url = host.url.replace('127.0.0.1', 'files.example.com');
    host.on('/cover.pdf', status(302, { location }));
    const refused = await transfer({ url: `${url}/cover.pdf`, allowPrivateAddresses: false });
    expect(refused).toMatchObject({ kind: 'addressRefused', message: expect.stringContaining(complaint) });
    expect(
      host.asked.map(({ path }) => path),
      'the first hop was taken',
    ).toEqual(['/cover.pdf']);
  });

  it('refuses an address of this computer unless the connection allows it', async () => {
    host.on('/cover.pdf', serve(bytes));
    expect(await transfer({ allowPrivateAddresses: false })).toEqual({
      kind: 'addressRefused',
      message: '127.0.0.1 is not a public address',
    });
    expect(host.asked).toEqual([]);
    expect(await transfer()).toMatchObject({ kind: 'done' });
  });

  it('refuses a name that leads to this computer unless the connection allows it', async () => {
    host.on('/cover.pdf', serve(bytes));
    client.close();
    client = new SourceClient((_hostname, answer) => answer(null, [{ address: '127.0.0.1', family: 4 }]));
    const url = `http://files.example.com:${new URL(host.url).port}/cover.pdf`;
    expect(await transfer({ url, allowPrivateAddresses: false })).toEqual({
      kind: 'addressRefused',
      message: 'files.example.com leads to 127.0.0.1, which is not a public address',
    });
    expect(host.asked).toEqual([]);
    expect(await transfer({ url })).toMatchObject({ kind: 'done' });
  });

  it('never overwrites a file of other content', async () => {
    host.on('/cover.pdf', serve(bytes));
    await mkdir(join(folder, 'order'));
    await writeFile(finalPath(), 'made by hand');
    const message = 'another file lies under the name cover.pdf: move it away';
    expect(await transfer()).toMatchObject({ kind: 'failed', failure: { class: 'local', message } });
    expect(host.asked).toEqual([]);
    expect(await transfer({ expectedMd5: null })).toMatchObject({
      kind: 'failed',
      failure: { class: 'local', message },
    });
    expect(await readFile(finalPath(), 'utf8')).toBe('made by hand');
  });

  it.skipIf(process.platform === 'win32')(
    'writes through no link that lies under the name of its part file',
    async () => {
      host.on('/cover.pdf', serve(bytes));
      const outside = join(folder, 'outside');
      await writeFile(outside, 'made by hand');
      await mkdir(join(folder, 'order'));
      await symlink(outside, partPath());
      expect(await transfer()).toMatchObject({ kind: 'failed', failure: { class: 'local' } });
      expect(await readFile(outside, 'utf8')).toBe('made by hand');
      await rm(partPath());
      expect(await transfer()).toMatchObject({ kind: 'done' });
    },
  );

  it('recognises its own file after a crash between the rename and the commit', async () => {
    await mkdir(join(folder, 'order'));
    await writeFile(finalPath(), bytes);
    expect(await transfer()).toMatchObject({ kind: 'done', found: 'lyingThere', md5: md5Of(bytes) });
    expect(host.asked).toEqual([]);
  });

  it('replaces its own file by itself where no MD5 is announced', async () => {
    host.on('/cover.pdf', serve(bytes));
    await mkdir(join(folder, 'order'));
    await writeFile(finalPath(), bytes);
    expect(await transfer({ expectedMd5: null })).toMatchObject({ kind: 'done', found: 'fetched' });
    await expectWhole();
  });

  it('closes cleanly when it is cancelled, and keeps the part file', async () => {
    host.on('/cover.pdf', (_request, response) => {
      response.writeHead(200, { etag, 'content-length': bytes.length });
      response.write(bytes.subarray(0, 50_000));
    });
    const abort = new AbortController();
    const running = transfer({}, abort.signal);
    await expect.poll(() => reports.at(-1)?.receivedBytes).toBe(50_000);
    abort.abort();
    expect(await running).toEqual({ kind: 'cancelled', left: { receivedBytes: 50_000, validator: etag } });
    expect((await readFile(partPath())).equals(bytes.subarray(0, 50_000))).toBe(true);

    host.on('/cover.pdf', serve(bytes));
    expect(await transfer({ validator: etag })).toMatchObject({ kind: 'done' });
    await expectWhole();
  });

  it('uses one connection for file after file', async () => {
    const ports = new Set<number | undefined>();
    const answer: Answer = (request, response) => {
      ports.add(request.socket.remotePort);
      serve(bytes)(request, response);
    };
    host.on('/cover.pdf', answer);
    for (const name of ['a', 'b', 'c']) {
      expect(await transfer({ finalPath: join(folder, name) })).toMatchObject({ kind: 'done' });
    }
    expect(ports.size).toBe(1);
  });

  it('asks once more when a kept connection turns out to be closed', async () => {
    host.on('/cover.pdf', serve(bytes));
    expect(await transfer({ finalPath: join(folder, 'a') })).toMatchObject({ kind: 'done' });
    host.on(
      '/cover.pdf',
      (request) => {
        request.socket.resetAndDestroy();
      },
      serve(bytes),
    );
    expect(await transfer()).toMatchObject({ kind: 'done' });
  });
});
