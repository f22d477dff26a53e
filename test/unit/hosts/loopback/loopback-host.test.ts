import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { type LoopbackHost, startLoopbackHost } from '../../../../main/hosts/loopback/loopback-host.ts';
import { createStandInStation, type StandInStation } from '../../../contract/stand-in/stand-in-station.ts';
import { noTraining } from '../../../support/no-training.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: string;
let station: StandInStation;
let host: LoopbackHost;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-loopback-'));
  const rendererFolder = join(folder, 'renderer');
  await mkdir(join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(
    join(rendererFolder, 'index.html'),
    '<meta nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  );
  await writeFile(join(rendererFolder, 'assets', 'index-abc.js'), 'export {};');
  await writeFile(join(folder, 'platen.db'), 'not for anyone');
  station = createStandInStation();
  host = await startLoopbackHost({
    station,
    training: noTraining,
    version: '1.2.3',
    port: 0,
    rendererFolder,
    clock: systemClock,
    logger: silentLogger,
  });
});
afterEach(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

const ask = (path: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(host.url);
    const asked = httpRequest({ host: '127.0.0.1', port, path, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });

/** Asks for a WebSocket and answers the HTTP status: 101 when it was granted. */
const upgradeStatus = (path: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(host.url);
    const asked = httpRequest({
      host: '127.0.0.1',
      port,
      path,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    asked.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });

const own = (): string => new URL(host.url).host;

describe('the screens in a browser', () => {
  it('come with a nonce of their own each time, and a policy that lets nothing else in', async () => {
    const [first, second] = [await ask('/'), await ask('/index.html')];
    const nonce = /nonce="([^"]+)"/.exec(first.body)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThanOrEqual(20);
    expect(first.body).toBe(`<meta nonce="${nonce}"><style nonce="${nonce}"></style>`);
    expect(second.body).not.toContain(nonce);
    expect(first.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(first.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(first.headers['cache-control']).toBe('no-store');
  });

  it('bring their scripts with the right type, and no other site may read them', async () => {
    const script = await ask('/assets/index-abc.js');
    expect(script).toMatchObject({ status: 200, body: 'export {};' });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('answer for a missing icon without an error in the console', async () => {
    expect((await ask('/favicon.ico')).status).toBe(204);
  });

  it.each(['/../platen.db', '/%2e%2e/platen.db', '/..%2fplaten.db', '/assets/../../platen.db', '/..%5cplaten.db'])(
    'give out nothing beside their own folder: %s',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(404);
      expect(answer.body).not.toContain('not for anyone');
    },
  );

  it.each(['/assets', '/assets/none.js', '/%', '/%00', '//', '/contract'])(
    'say so when nothing is there: %s',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  it('take no other method than reading', async () => {
    expect((await ask('/', { method: 'POST' })).status).toBe(405);
  });
});

describe('another site or another name', () => {
  it.each([
    ['a name that was pointed at this machine', { Host: 'evil.example' }],
    ['the same name with another port', { Host: '127.0.0.1:1' }],
  ])('is refused: %s', async (_what, headers) => {
    expect((await ask('/', { headers })).status).toBe(403);
    expect(await upgradeStatus(`/contract?token=${host.token}`, headers)).toBe(403);
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', `https://localhost`])(
    'is refused although it has the token: a page of %s',
    async (origin) => {
      expect(await upgradeStatus(`/contract?token=${host.token}`, { Origin: origin })).toBe(403);
      expect((await ask(`/files/21?token=${host.token}`, { headers: { Origin: origin } })).status).toBe(403);
    },
  );

  it('differs from our own page, and from a program that is no browser', async () => {
    expect(await upgradeStatus(`/contract?token=${host.token}`, { Origin: `http://${own()}` })).toBe(101);
    expect(await upgradeStatus(`/contract?token=${host.token}`)).toBe(101);
    const { port } = new URL(host.url);
    const localhost = { Host: `localhost:${port}`, Origin: `http://localhost:${port}` };
    expect(await upgradeStatus(`/contract?token=${host.token}`, localhost)).toBe(101);
  });
});

describe('the token', () => {
  it('is long, and made anew at each start', async () => {
    expect(host.token).toMatch(/^[0-9a-f]{64}$/);
    const first = host.token;
    await host.stop();
    host = await startLoopbackHost({
      station,
      training: noTraining,
      version: '1.2.3',
      port: 0,
      rendererFolder: null,
      clock: systemClock,
      logger: silentLogger,
    });
    expect(host.token).not.toBe(first);
    expect((await ask('/')).body).toBe('this station runs without screens\n');
  });

  it.each(['/contract', '/contract?token=', '/contract?token=0000'])(
    'must be right for a connection: %s',
    async (path) => {
      expect(await upgradeStatus(path)).toBe(401);
    },
  );

  it('must be right for a file', async () => {
    expect((await ask('/files/21')).status).toBe(401);
    expect((await ask(`/files/21?token=${'0'.repeat(64)}`)).status).toBe(401);
  });
});

describe('a ready file', () => {
  const name = 'Fjord “Bøger” 50%; x.pdf';
  beforeEach(async () => {
    const path = join(folder, 'ready.pdf');
    await writeFile(path, '%PDF-1.7 content');
    station.readyFiles.set(21, { path, name, bytes: 16 });
  });

  it('downloads under its true name, and is noted as gone, unverified', async () => {
    const answer = await ask(`/files/21?token=${host.token}`);
    expect(answer).toMatchObject({ status: 200, body: '%PDF-1.7 content' });
    expect(answer.headers['content-disposition']).toBe(
      'attachment; filename="Fjord _B_ger_ 50__ x.pdf"; ' +
        "filename*=UTF-8''Fjord%20%E2%80%9CB%C3%B8ger%E2%80%9D%2050%25%3B%20x.pdf",
    );
    await expect.poll(() => station.draggedOut).toEqual([{ fileIds: [21], by: 'screen' }]);
  });

  it('is noted only when it went: asking about it is not taking it', async () => {
    expect((await ask(`/files/21?token=${host.token}`, { method: 'HEAD' })).headers['content-length']).toBe('16');
    expect((await ask(`/files/22?token=${host.token}`)).status).toBe(404);
    expect(station.draggedOut).toEqual([]);
  });

  it('is not given out when it was changed since it was verified', async () => {
    await writeFile(join(folder, 'ready.pdf'), 'something else altogether');
    expect((await ask(`/files/21?token=${host.token}`)).status).toBe(409);
    expect(station.draggedOut).toEqual([]);
  });
});

describe('the content of a ready file, for the screens to show', () => {
  const content = (more = '') => `/files/21/content?token=${host.token}${more}`;
  beforeEach(async () => {
    const path = join(folder, 'ready.pdf');
    await writeFile(path, '%PDF-1.7 content');
    station.readyFiles.set(21, { path, name: 'ready.pdf', bytes: 16 });
  });

  it('comes whole or piece by piece, as data, and is not noted as gone', async () => {
    const whole = await ask(content());
    expect(whole).toMatchObject({ status: 200, body: '%PDF-1.7 content' });
    expect(whole.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
    });
    const piece = await ask(content(), { headers: { Range: 'bytes=9-11' } });
    expect(piece).toMatchObject({ status: 206, body: 'con' });
    expect(piece.headers['content-range']).toBe('bytes 9-11/16');
    expect((await ask(content(), { headers: { Range: 'bytes=-3' } })).body).toBe('ent');
    expect((await ask(content(), { method: 'HEAD' })).headers['content-length']).toBe('16');
    const beyond = await ask(content(), { headers: { Range: 'bytes=16-' } });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */16']);
    expect(station.draggedOut).toEqual([]);
  });

  it('needs the token, and our own page', async () => {
    expect((await ask('/files/21/content')).status).toBe(401);
    expect((await ask(`/files/21/content?token=${'0'.repeat(64)}`)).status).toBe(401);
    expect((await ask(content(), { headers: { Origin: 'https://evil.example' } })).status).toBe(403);
    expect((await ask(content(), { headers: { Host: 'evil.example' } })).status).toBe(403);
    expect((await ask(content(), { method: 'POST' })).status).toBe(405);
  });

  it('is that of a verified file, named by its id and never by a path', async () => {
    expect((await ask(`/files/22/content?token=${host.token}`)).status).toBe(404);
    for (const path of [
      '/files/..%2fready.pdf/content',
      '/files/ready.pdf/content',
      '/files/ready.pdf',
      '/files/021/content',
      '/files/21/content/..%2f..%2fplaten.db',
      '/ready.pdf',
    ]) {
      const answer = await ask(`${path}?token=${host.token}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body).not.toContain('PDF');
    }
    await writeFile(join(folder, 'ready.pdf'), 'something else altogether');
    expect((await ask(content())).status).toBe(409);
  });

  it('may be left half-way: the host serves on', async () => {
    const bytes = 8_000_000;
    await writeFile(join(folder, 'ready.pdf'), Buffer.alloc(bytes));
    station.readyFiles.set(21, { path: join(folder, 'ready.pdf'), name: 'ready.pdf', bytes });
    const { port } = new URL(host.url);
    await new Promise<void>((resolve) => {
      const asked = httpRequest({ host: '127.0.0.1', port, path: content() }, (response) => {
        response.once('data', () => asked.destroy());
        response.once('close', () => resolve());
      });
      asked.on('error', () => undefined);
      asked.end();
    });
    expect((await ask(content(), { headers: { Range: 'bytes=0-0' } })).status).toBe(206);
  });
});

describe('the host itself', () => {
  it('listens to this machine alone', async () => {
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('says in one line when its port is taken', async () => {
    const port = Number(new URL(host.url).port);
    const second = startLoopbackHost({
      station,
      training: noTraining,
      version: '1.2.3',
      port,
      rendererFolder: null,
      clock: systemClock,
      logger: silentLogger,
    });
    await expect(second).rejects.toThrow(`port ${port} of 127.0.0.1 cannot be used: choose another`);
  });

  it('stops although a client neither speaks nor leaves, and twice is as good as once', async () => {
    const { port } = new URL(host.url);
    const silent = connect(Number(port), '127.0.0.1');
    silent.on('error', () => undefined);
    await new Promise((resolve) => silent.once('connect', resolve));
    await Promise.all([host.stop(), host.stop()]);
    await expect(ask('/')).rejects.toThrow();
    silent.destroy();
  });
});
