import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ReadyFile } from '../../../../main/core/station-face.ts';
import { answerAppRequest, registerAppScheme } from '../../../../main/hosts/electron/app-protocol.ts';
import { fakeElectron } from '../../../support/electron-fake.ts';
import { noTraining } from '../../../support/no-training.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

let folder: string;
let renderer: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'platen-protocol-'));
  renderer = path.join(folder, 'renderer');
  await mkdir(path.join(renderer, 'assets'), { recursive: true });
  await mkdir(path.join(folder, 'renderer-of-another'));
  await writeFile(
    path.join(renderer, 'index.html'),
    '<meta name="nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__">',
  );
  await writeFile(path.join(renderer, 'assets', 'main.js'), 'export {};');
  await writeFile(path.join(renderer, 'assets', 'main.js.map'), '{}');
  await writeFile(path.join(folder, 'secret.js'), 'secret');
  await writeFile(path.join(folder, 'renderer-of-another', 'secret.js'), 'secret');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const readyFiles = new Map<number, ReadyFile>();
const content = () => ({
  rendererFolder: renderer,
  station: { readyFile: async (id: number) => readyFiles.get(id) ?? null },
  training: noTraining,
});
const ask = (url: string, init?: RequestInit): Promise<Response> => answerAppRequest(content(), new Request(url, init));

describe('app://platen/', () => {
  test('is standard and secure, lets its own pages fetch, and has no privilege more', () => {
    registerAppScheme();
    expect(fakeElectron.privilegedSchemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  test.each(['app://platen/', 'app://platen/index.html', 'app://platen/index.html?a=1#/orders'])(
    'serves the page at %s',
    async (url) => {
      const answer = await ask(url);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    },
  );

  test('serves scripts with their own type, and nobody may guess another', async () => {
    const answer = await ask('app://platen/assets/main.js');
    expect(await answer.text()).toBe('export {};');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('puts the policy on the page, with a nonce that the page carries and no second page gets', async () => {
    const [first, second] = [await ask('app://platen/'), await ask('app://platen/')];
    const nonceOf = (policy: string | null): string => /'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? '';
    const [one, two] = [first, second].map((answer) => nonceOf(answer.headers.get('content-security-policy')));
    expect(first.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${one}'; img-src 'self' data: blob:; ` +
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(await first.text()).toBe(`<meta name="nonce" content="${one}"><style nonce="${one}">`);
    expect(one).toMatch(/^[\w+/]{24}$/);
    expect(two).not.toBe(one);
    expect(first.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    'app://platen/../secret.js',
    'app://platen/%2e%2e/secret.js',
    'app://platen/..%2fsecret.js',
    'app://platen/..%2frenderer-of-another%2fsecret.js',
    'app://platen/assets/..%2f..%2fsecret.js',
    'app://platen/..%5csecret.js',
    'app://platen/%2fetc%2fpasswd',
    'app://platen//etc/passwd',
    'app://platen/index.html%00.js',
    'app://platen/%E0%A4%A',
  ])('keeps inside the bundle when asked for %s', async (url) => {
    const answer = await ask(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  test.each([
    'app://platen/missing.js',
    'app://platen/assets',
    'app://platen/assets/main.js.map',
    'app://platen/orders',
  ])('does not serve %s, which is no file of the screens', async (url) => expect((await ask(url)).status).toBe(404));

  test.each([
    'app://elsewhere/index.html',
    'app://platen:81/index.html',
    'app://platen.evil/index.html',
    'https://platen/index.html',
  ])('refuses another origin: %s', async (url) => expect((await ask(url)).status).toBe(403));

  test('refuses a name and password before the host', async () => {
    const request = { url: 'app://user:word@platen/index.html', method: 'GET' } as Request;
    expect((await answerAppRequest(content(), request)).status).toBe(403);
  });

  test.each(['POST', 'PUT', 'DELETE'])('refuses %s', async (method) => {
    expect((await ask('app://platen/index.html', { method })).status).toBe(405);
  });
});

describe('a ready file under app://platen/', () => {
  const text = '%PDF-1.7 0123456789';
  beforeAll(async () => {
    const file = path.join(folder, 'ready.pdf');
    await writeFile(file, text);
    readyFiles.set(21, { path: file, name: 'ready.pdf', bytes: text.length });
    const changed = path.join(folder, 'changed.pdf');
    await writeFile(changed, 'something else altogether');
    readyFiles.set(22, { path: changed, name: 'changed.pdf', bytes: 5 });
  });

  test('is read whole by its id, as data that no page runs', async () => {
    const answer = await ask('app://platen/files/21/content');
    expect([answer.status, await answer.text()]).toEqual([200, text]);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('is read piece by piece', async () => {
    const answer = await ask('app://platen/files/21/content', { headers: { range: 'bytes=5-8' } });
    expect([answer.status, await answer.text()]).toEqual([206, '1.7 ']);
    expect(answer.headers.get('content-range')).toBe(`bytes 5-8/${text.length}`);
    const beyond = await ask('app://platen/files/21/content', { headers: { range: 'bytes=500-' } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${text.length}`]);
  });

  test('tells its size to who only asks for that', async () => {
    const answer = await ask('app://platen/files/21/content', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(answer.headers.get('content-length')).toBe(String(text.length));
  });

  test('is given out only while it is the one that was verified', async () => {
    expect((await ask('app://platen/files/22/content')).status).toBe(409);
    expect((await ask('app://platen/files/23/content')).status).toBe(404);
  });

  test.each([
    'app://platen/files/21',
    'app://platen/files/0/content',
    'app://platen/files/021/content',
    'app://platen/files/21/content/',
    'app://platen/files/..%2fready.pdf/content',
    'app://platen/files/../ready.pdf',
    'app://platen/ready.pdf',
  ])('is named by its id alone: %s', async (url) => expect((await ask(url)).status).toBe(404));

  test.each(['POST', 'PUT', 'DELETE'])('is read, and nothing else: %s', async (method) => {
    expect((await ask('app://platen/files/21/content', { method })).status).toBe(405);
  });

  test('is refused to another origin', async () => {
    expect((await ask('app://elsewhere/files/21/content')).status).toBe(403);
  });
});
