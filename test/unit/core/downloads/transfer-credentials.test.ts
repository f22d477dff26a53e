import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bandwidth, createBandwidthCell } from '../../../../main/core/downloads/bandwidth.ts';
import { FileStructures } from '../../../../main/core/downloads/file-structure.ts';
import { SourceClient } from '../../../../main/core/downloads/source-stream.ts';
import { runTransfer } from '../../../../main/core/downloads/transfer.ts';
import { defaultTimeouts, type TransferRequest } from '../../../../main/core/downloads/transfer-protocol.ts';
import { type Answer, type FileHost, md5Of, sampleBytes, serve, startFileHost, status } from './support/file-host.ts';
import { makeLoopbackCertificate } from './support/loopback-certificate.ts';

const bytes = sampleBytes(20_000);
const secret = 'token-of-the-platform-0123456789';
const authorization = `Bearer ${secret}`;

let folder: string;
let gateway: FileHost;
let elsewhere: FileHost;
let client: SourceClient;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-credentials-'));
  gateway = await startFileHost();
  elsewhere = await startFileHost();
  client = new SourceClient();
});
afterEach(async () => {
  client.close();
  await gateway.stop();
  await elsewhere.stop();
  await rm(folder, { recursive: true, force: true });
});

const transfer = (more: Partial<TransferRequest> = {}) =>
  runTransfer(
    {
      url: `${gateway.url}/file`,
      allowPrivateAddresses: true,
      finalPath: join(folder, 'order', 'cover.pdf'),
      expectedBytes: bytes.length,
      expectedMd5: md5Of(bytes),
      format: 'bin',
      validator: null,
      headers: { authorization },
      timeouts: defaultTimeouts,
      ...more,
    },
    {
      client,
      bandwidth: new Bandwidth(createBandwidthCell()),
      structures: new FileStructures(),
      signal: new AbortController().signal,
      nowMs: () => 0,
      report: () => undefined,
    },
  );
const seenBy = (host: FileHost) => host.asked.map(({ path, authorization: seen }) => [path, seen]);
const redirect = (location: string): Answer => status(302, { location });

describe('credentials of a file', () => {
  it('go to its own origin, also across a redirect there', async () => {
    gateway.on('/file', redirect('/stored'));
    gateway.on('/stored', serve(bytes));
    expect(await transfer()).toMatchObject({ kind: 'done' });
    expect(seenBy(gateway)).toEqual([
      ['/file', authorization],
      ['/stored', authorization],
    ]);
  });

  it('do not go to another origin', async () => {
    gateway.on('/file', redirect(`${elsewhere.url}/stored`));
    elsewhere.on('/stored', serve(bytes));
    expect(await transfer()).toMatchObject({ kind: 'done' });
    expect(seenBy(gateway)).toEqual([['/file', authorization]]);
    expect(seenBy(elsewhere)).toEqual([['/stored', undefined]]);
  });

  it('do not go with a request that another origin leads back', async () => {
    gateway.on('/file', redirect(`${elsewhere.url}/away`));
    elsewhere.on('/away', redirect(`${gateway.url}/back`));
    gateway.on('/back', serve(bytes));
    expect(await transfer()).toMatchObject({ kind: 'done' });
    expect(seenBy(gateway)).toEqual([
      ['/file', authorization],
      ['/back', undefined],
    ]);
    expect(seenBy(elsewhere)).toEqual([['/away', undefined]]);
  });

  it('are none where the file needs none', async () => {
    gateway.on('/file', serve(bytes));
    expect(await transfer({ headers: {} })).toMatchObject({ kind: 'done' });
    expect(seenBy(gateway)).toEqual([['/file', undefined]]);
  });

  it('are never sent on without encryption', async () => {
    const certificate = makeLoopbackCertificate();
    const known = getCACertificates('default');
    const secure = await startFileHost(certificate);
    setDefaultCACertificates([...known, certificate.cert]);
    try {
      secure.on('/file', redirect(`${elsewhere.url}/stored`));
      elsewhere.on('/stored', serve(bytes));
      expect(await transfer({ url: `${secure.url}/file` })).toEqual({
        kind: 'addressRefused',
        message: `${secure.host} redirects: from https to http`,
      });
      expect(elsewhere.asked).toEqual([]);

      secure.on('/file', redirect('/stored'));
      secure.on('/stored', serve(bytes));
      expect(await transfer({ url: `${secure.url}/file` })).toMatchObject({ kind: 'done' });
      expect(seenBy(secure).at(-1)).toEqual(['/stored', authorization]);
    } finally {
      setDefaultCACertificates(known);
      await secure.stop();
    }
  });

  it('do not go from http to https of the same host and port', async () => {
    const certificate = makeLoopbackCertificate();
    const known = getCACertificates('default');
    const secure = await startFileHost(certificate);
    setDefaultCACertificates([...known, certificate.cert]);
    try {
      gateway.on('/file', redirect(`${secure.url}/stored`));
      secure.on('/stored', serve(bytes));
      expect(await transfer()).toMatchObject({ kind: 'done' });
      expect(seenBy(secure)).toEqual([['/stored', undefined]]);
    } finally {
      setDefaultCACertificates(known);
      await secure.stop();
    }
  });
});

describe('an answer that echoes the credentials', () => {
  it('is kept without them', async () => {
    gateway.on('/file', status(401, {}, `{"error":"bad token ${secret}","sent":"${authorization}"}`));
    expect(await transfer()).toMatchObject({
      failure: { class: 'refused', excerpt: '{"error":"bad token ***","sent":"***"}' },
    });
    // The control: without credentials nothing is known that has to be hidden.
    expect(await transfer({ headers: {} })).toMatchObject({
      failure: { excerpt: `{"error":"bad token ${secret}","sent":"${authorization}"}` },
    });
  });

  it('is kept without them when it breaks off in their middle', async () => {
    gateway.on('/file', (_request, response) => {
      response.writeHead(500, { 'content-length': 500 });
      response.write(`no: ${authorization.slice(0, -5)}`, () => setTimeout(() => response.destroy(), 20));
    });
    expect(await transfer()).toMatchObject({ failure: { class: 'serverError', excerpt: 'no: ***' } });
  });

  it('is kept without them when it is longer than what is kept', async () => {
    const padding = ' '.repeat(1_990);
    gateway.on('/file', status(500, {}, `no:${padding}${secret} and so on`));
    const outcome = await transfer();
    expect(JSON.stringify(outcome)).not.toContain(secret.slice(0, 8));
    expect(outcome).toMatchObject({ failure: { excerpt: expect.stringMatching(/^no: \*\*\*/) } });
  });

  it('leaves nothing of them in a message or in what is stored to resume', async () => {
    gateway.on('/file', redirect(`http://me@${secret}.example/`));
    expect(await transfer()).toEqual({
      kind: 'addressRefused',
      message: `${gateway.host} redirects: the URL at ***.example holds a user name or password`,
    });

    gateway.on('/file', (_request, response) => {
      response.writeHead(200, { etag: `"${secret}"`, 'content-length': bytes.length });
      response.write(bytes.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20));
    });
    expect(await transfer()).toMatchObject({ kind: 'failed', left: { validator: null } });
    expect(await transfer({ headers: {} })).toMatchObject({ kind: 'failed', left: { validator: `"${secret}"` } });
    expect(await readdir(join(folder, 'order'))).toEqual(['cover.pdf.part']);
  });
});
