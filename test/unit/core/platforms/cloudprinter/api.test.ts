import { describe, expect, it } from 'vitest';
import { postSignal } from '../../../../../main/core/platforms/cloudprinter/api.ts';
import { openWay } from '../oauth/open-way.ts';
import { startScriptedServer } from './scripted-server.ts';

const key = 'SIGNALKEY/with "odd" characters';
const nowMs = Date.parse('2026-03-02T08:00:00Z');

const post = (url: string) =>
  postSignal(
    url,
    '{"type":"ItemRegistered"}',
    openWay({ settings: {}, secrets: { signalKey: key }, nowMs: () => nowMs }),
  );

/** Posts to a server that answers like this. */
const answered = async (status: number, body = '', headers: Record<string, string> = {}) => {
  await using server = await startScriptedServer((response) => response.writeHead(status, headers).end(body));
  return await post(server.url);
};

describe('an answer of the platform', () => {
  it('is an acceptance for 200, and for nothing else', async () => {
    expect(await answered(200, 'OK')).toEqual({ kind: 'accepted', httpStatus: 200, excerpt: 'OK' });
    // No other code means anything: it is sent again, and nothing is held against the signal.
    expect(await answered(202)).toMatchObject({
      kind: 'failed',
      failure: {
        class: 'rejected',
        httpStatus: 202,
        message: expect.stringMatching(/only 200 counts as accepted$/),
      },
    });
  });

  it.each([
    [400, 'rejected'],
    [401, 'refused'],
    [402, 'paymentRequired'],
    [403, 'refused'],
    [404, 'refused'],
    [405, 'refused'],
    [410, 'refused'],
    [408, 'timeout'],
    [422, 'rejected'],
    [429, 'rateLimited'],
    [500, 'serverError'],
    [502, 'serverError'],
    [503, 'serverError'],
    [504, 'serverError'],
  ] as const)('%d is of the class %s', async (status, failureClass) => {
    expect(await answered(status)).toMatchObject({ failure: { class: failureClass, httpStatus: status } });
  });

  it.each([
    ['{"message":"unknown item"}', 'unknown item'],
    ['{"error":{"message":"unknown item"}}', 'unknown item'],
    ['{"errors":[{"code":1,"detail":"unknown item"}]}', 'unknown item'],
    ['"unknown item"', 'unknown item'],
    ['unknown\n  item\u0000', 'unknown item'],
    ['<html><body><h1>unknown item</h1></body></html>', 'unknown item'],
  ])('gives the platform’s own words for a 400: %j', async (body, said) => {
    const outcome = await answered(400, body);
    expect(outcome).toMatchObject({
      failure: { message: expect.stringMatching(new RegExp(`answered 400: ${said}$`)) },
    });
  });

  it('has a line of its own when the platform says nothing, or nothing to be read', async () => {
    for (const body of ['', '{}', '[]', '{"message":""}']) {
      expect(await answered(400, body)).toMatchObject({ failure: { message: expect.stringMatching(/answered 400$/) } });
    }
  });

  it.each([
    ['120', 120_000],
    ['Mon, 02 Mar 2026 08:05:00 GMT', 300_000],
    ['soon', null],
  ])('says how long to wait: Retry-After %s', async (header, retryAfterMs) => {
    expect(await answered(429, '', { 'retry-after': header })).toMatchObject({ failure: { retryAfterMs } });
    expect(await answered(503, '', { 'retry-after': header })).toMatchObject({ failure: { retryAfterMs } });
  });

  it('is kept in its beginning only, and without the key in whatever form', async () => {
    const echo = `${key} ${JSON.stringify({ apikey: key })} ${encodeURIComponent(key)} `;
    for (const status of [200, 400, 403, 500]) {
      const outcome = await answered(status, echo + 'x'.repeat(1000));
      const text = JSON.stringify(outcome);
      expect(text).not.toMatch(/SIGNALKEY/);
      const excerpt = outcome.kind === 'accepted' ? outcome.excerpt : outcome.failure.excerpt;
      expect(excerpt).toHaveLength(500);
      expect(excerpt?.startsWith('*** {"apikey":"***"} *** xxx')).toBe(true);
    }
    const cutKey = await answered(400, `${'x'.repeat(490)}${key}`);
    expect(JSON.stringify(cutKey)).not.toContain('SIGNAL');
  });

  it('is not read without end', async () => {
    await using server = await startScriptedServer((response) => {
      response.writeHead(400);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await post(server.url)).toMatchObject({ failure: { class: 'rejected', httpStatus: 400 } });
  });

  it('counts by its status when the rest of it is lost', async () => {
    await using server = await startScriptedServer((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    expect(await post(server.url)).toMatchObject({ kind: 'accepted', httpStatus: 200 });
  });
});

describe('a redirect', () => {
  it('is not followed: it moved for good, or something stands in between', async () => {
    await using server = await startScriptedServer((response, { method }) =>
      response.writeHead(method === 'POST' ? 301 : 200, { location: '/elsewhere?secret=1' }).end(),
    );
    expect(await post(server.url)).toMatchObject({
      failure: {
        class: 'refused',
        httpStatus: 301,
        message: expect.stringMatching(/redirects to http:.*\/elsewhere \(301\)$/),
      },
    });
    expect(server.seen).toHaveLength(1);
    expect(await answered(302, '', { location: 'https://portal.example/login' })).toMatchObject({
      failure: { class: 'serverError', httpStatus: 302 },
    });
  });

  it('to an address without end is told in a line that has one', async () => {
    const long = await answered(302, '', { location: `https://portal.example/${'a'.repeat(5_000)}` });
    const message = long.kind === 'failed' ? long.failure.message : '';
    expect(message).toMatch(/redirects to https:\/\/portal\.example\/a+… \(302\)/);
    expect(message.length).toBeLessThan(400);
  });
});

describe('the way to the platform', () => {
  it('is JSON in one POST', async () => {
    await using server = await startScriptedServer((response) => response.end());
    await post(server.url);
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({ method: 'POST', body: '{"type":"ItemRegistered"}' });
    expect(server.seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '25' });
  });

  it('waits when nobody is there, cannot be found, or hangs up', async () => {
    const gone = await startScriptedServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    expect(await post(gone.url)).toMatchObject({
      failure: { class: 'network', httpStatus: null, message: expect.stringMatching(/refuses connections$/) },
    });
    expect(await post('http://nowhere.invalid/status/')).toMatchObject({
      failure: { class: 'network', message: expect.stringMatching(/nowhere\.invalid/) },
    });
    await using server = await startScriptedServer((response) => response.destroy());
    expect(await post(server.url)).toMatchObject({
      failure: { class: 'network', message: expect.stringMatching(/closed the connection before it answered$/) },
    });
    expect(server.seen).toHaveLength(1);
  });
});
