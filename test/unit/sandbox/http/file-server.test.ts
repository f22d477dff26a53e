import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesContent } from '../../../../main/training/files/file-content.ts';
import { seededBytes } from '../../../../main/training/random/seeded-random.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../../sandbox/cloudprinter/sandbox.ts';

const PATH = '/files/900000010000/900000010001/book.pdf';
const BYTES = Buffer.from(seededBytes('file', 300_000));

let sandbox: CloudprinterSandbox;
let url: string;
let etag: string;

beforeEach(async () => {
  sandbox = await createCloudprinterSandbox();
  const labels = { order: '900000010000', item: '900000010001', role: 'book' };
  const file = await sandbox.shelf.put({ path: PATH, content: bytesContent(BYTES), labels });
  url = sandbox.url + PATH;
  etag = `"${file.md5}"`;
});

afterEach(async () => {
  await sandbox.stop();
});

const withHeaders = (headers: Readonly<Record<string, string>>) => fetch(url, { headers, redirect: 'manual' });

async function bodyOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

/** The bytes that arrive before the connection fails, which fetch does not tell. */
function receivedBytes(): Promise<{ readonly bytes: number; readonly error: string | undefined }> {
  return new Promise((resolve) => {
    let bytes = 0;
    const request = get(url, { agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
      });
      response.on('end', () => resolve({ bytes, error: undefined }));
      response.on('error', (error: NodeJS.ErrnoException) => resolve({ bytes, error: error.code }));
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve({ bytes, error: error.code }));
  });
}

describe('without faults', () => {
  test('a file comes whole, with its length, type, ETag and date', async () => {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': '300000',
      'content-type': 'application/pdf',
      'accept-ranges': 'bytes',
      'last-modified': expect.stringMatching(/GMT$/),
      etag,
    });
    expect((await bodyOf(response)).equals(BYTES)).toBe(true);
  });

  test('HEAD gives the same headers and no body', async () => {
    const response = await fetch(url, { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('300000');
    expect(response.headers.get('etag')).toBe(etag);
    expect(sandbox.ledger.ofKind('file')).toMatchObject([{ method: 'HEAD', status: 200, bytesSent: 0 }]);
  });

  test('a range comes as 206 with Content-Range', async () => {
    const response = await withHeaders({ range: 'bytes=100000-', 'if-range': etag });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 100000-299999/300000');
    expect((await bodyOf(response)).equals(BYTES.subarray(100_000))).toBe(true);
  });

  test('a range of a file that has changed since comes whole', async () => {
    const response = await withHeaders({ range: 'bytes=100000-', 'if-range': '"another"' });
    expect(response.status).toBe(200);
    expect(await bodyOf(response)).toHaveLength(300_000);
  });

  test('a range beyond the end is answered 416 with the size', async () => {
    const response = await withHeaders({ range: 'bytes=300000-' });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */300000');
  });

  test('an unknown path is 404, another method 405', async () => {
    expect((await fetch(`${sandbox.url}/files/none.pdf`)).status).toBe(404);
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(405);
  });

  test('the ledger tells range, status, bytes and how many transfers were open', async () => {
    await withHeaders({ range: 'bytes=0-9' }).then(bodyOf);
    expect(sandbox.ledger.ofKind('file')).toMatchObject([
      {
        path: PATH,
        item: '900000010001',
        role: 'book',
        range: 'bytes=0-9',
        status: 206,
        bytesSent: 10,
        outcome: 'complete',
        openTransfers: 1,
        faults: [],
      },
    ]);
  });

  test('a client that goes away is recorded as such', async () => {
    sandbox.fileKnobs.set({ fault: { kind: 'slow', bytesPerSecond: 20_000 } });
    const leaving = new AbortController();
    await fetch(url, { signal: leaving.signal });
    leaving.abort();
    expect(await sandbox.ledger.waitFor('file')).toMatchObject({ outcome: 'aborted' });
  });
});

describe('faults', () => {
  test('the bytes differ from the announced MD5 the first two times, at the same length', async () => {
    sandbox.fileKnobs.set({ match: { path: PATH }, times: 2, fault: { kind: 'badMd5' } });
    const equal = [];
    for (let round = 0; round < 3; round += 1) {
      const response = await fetch(url);
      expect(response.headers.get('etag')).toBe(etag);
      const body = await bodyOf(response);
      expect(body).toHaveLength(300_000);
      equal.push(body.equals(BYTES));
    }
    expect(equal).toEqual([false, false, true]);
  });

  test.each([-1000, 500])('the file is %i bytes off', async (deltaBytes) => {
    sandbox.fileKnobs.set({ match: { role: 'book' }, fault: { kind: 'wrongSize', deltaBytes } });
    const response = await fetch(url);
    expect(response.headers.get('content-length')).toBe(String(300_000 + deltaBytes));
    expect(await bodyOf(response)).toHaveLength(300_000 + deltaBytes);
  });

  test('the body ends before the length that was promised', async () => {
    sandbox.fileKnobs.set({ times: 1, fault: { kind: 'truncated', share: 0.25 } });
    expect(await receivedBytes()).toEqual({ bytes: 75_000, error: 'ECONNRESET' });
    expect(sandbox.ledger.ofKind('file')).toMatchObject([{ outcome: 'cut', bytesSent: 75_000, faults: ['truncated'] }]);
    expect(await receivedBytes()).toEqual({ bytes: 300_000, error: undefined });
  });

  test('the connection is reset in the middle', async () => {
    sandbox.fileKnobs.set({ times: 1, fault: { kind: 'reset', share: 0.25 } });
    const received = await receivedBytes();
    expect(received.error).toBe('ECONNRESET');
    expect(received.bytes).toBeLessThanOrEqual(75_000);
    expect(await receivedBytes()).toEqual({ bytes: 300_000, error: undefined });
  });

  test('a transfer stalls, and goes on being open until the client leaves', async () => {
    sandbox.fileKnobs.set({ fault: { kind: 'stall', share: 0.1 } });
    const response = await fetch(url, { signal: AbortSignal.timeout(200) });
    await expect(response.arrayBuffer()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await sandbox.ledger.waitFor('file')).toMatchObject({ outcome: 'cut', bytesSent: 30_000 });
  });

  test('ranges are neither offered nor heeded', async () => {
    sandbox.fileKnobs.set({ fault: { kind: 'noRange' } });
    const response = await withHeaders({ range: 'bytes=100-' });
    expect(response.status).toBe(200);
    expect(response.headers.get('accept-ranges')).toBeNull();
    expect(await bodyOf(response)).toHaveLength(300_000);
  });

  test('the ETag is another one at each request, so that a resume starts over', async () => {
    sandbox.fileKnobs.set({ fault: { kind: 'etagChanges' } });
    const first = (await withHeaders({})).headers.get('etag') ?? '';
    const resumed = await withHeaders({ range: 'bytes=100-', 'if-range': first });
    expect(resumed.status).toBe(200);
    expect(resumed.headers.get('etag')).not.toBe(first);
  });

  test('no validators and no length are given', async () => {
    sandbox.fileKnobs.set({ fault: { kind: 'noValidators' } });
    sandbox.fileKnobs.set({ fault: { kind: 'noLength' } });
    const response = await fetch(url);
    for (const header of ['etag', 'last-modified', 'content-length']) expect(response.headers.get(header)).toBeNull();
    expect((await bodyOf(response)).equals(BYTES)).toBe(true);
  });

  test.each([403, 404, 500, 503])('files are refused with %i', async (status) => {
    sandbox.fileKnobs.set({ times: 1, fault: { kind: 'status', status, message: 'no' } });
    const response = await fetch(url);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('no');
    expect((await fetch(url)).status).toBe(200);
  });

  test('429 says when to come back', async () => {
    sandbox.fileKnobs.set({ fault: { kind: 'status', status: 429, retryAfterSeconds: 12 } });
    const response = await fetch(url);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '12']);
  });

  test('a file is slow', async () => {
    await sandbox.shelf.put({ path: '/slow', content: bytesContent(BYTES.subarray(0, 2000)) });
    sandbox.fileKnobs.set({ match: { path: '/slow' }, fault: { kind: 'slow', bytesPerSecond: 10_000 } });
    const startedAtMs = performance.now();
    const body = await fetch(`${sandbox.url}/slow`).then(bodyOf);
    expect(body).toHaveLength(2000);
    // A lower bound only: the pace itself holds it up, however fast the machine is.
    expect(performance.now() - startedAtMs).toBeGreaterThan(150);
  });

  test('a file has moved to another path, where it is served', async () => {
    sandbox.fileKnobs.set({ fault: { kind: 'redirect' } });
    const redirect = await withHeaders({});
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, `/moved${PATH}`]);
    expect((await fetch(url).then(bodyOf)).equals(BYTES)).toBe(true);
  });

  test('a file has moved to another host', async () => {
    await using other = await createCloudprinterSandbox();
    await other.shelf.put({ path: PATH, content: bytesContent(BYTES) });
    sandbox.fileKnobs.set({ fault: { kind: 'redirect', location: `${other.url}{path}`, status: 307 } });
    const response = await fetch(url);
    expect(response.url).toBe(other.url + PATH);
    expect((await bodyOf(response)).equals(BYTES)).toBe(true);
  });

  test('a fault of the body does not count for HEAD', async () => {
    sandbox.fileKnobs.set({ times: 1, fault: { kind: 'wrongSize', deltaBytes: -1 } });
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe('300000');
    expect((await fetch(url)).headers.get('content-length')).toBe('299999');
  });
});
