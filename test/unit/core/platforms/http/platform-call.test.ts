import { afterEach, describe, expect, it } from 'vitest';
import {
  type ConnectionAgents,
  createConnectionAgents,
} from '../../../../../main/core/platforms/http/connection-agents.ts';
import {
  answerFailure,
  type CallResult,
  type PlatformAnswer,
  type PlatformCallDeps,
  type PlatformRequest,
  platformCall,
} from '../../../../../main/core/platforms/http/platform-call.ts';
import { startScriptedServer } from '../cloudprinter/scripted-server.ts';

const key = 'KEY/with "odd" characters';
const nowMs = Date.parse('2026-03-02T08:00:00Z');
const made: ConnectionAgents[] = [];
afterEach(() => {
  for (const { http, https } of made.splice(0)) {
    http.destroy();
    https.destroy();
  }
});

const deps = (more: Partial<PlatformCallDeps> = {}): PlatformCallDeps => {
  const agents = createConnectionAgents();
  made.push(agents);
  return {
    agents,
    abort: new AbortController().signal,
    secrets: [key],
    nowMs: () => nowMs,
    acquire: async () => ({ release: () => undefined }),
    ...more,
  };
};

/** The places of a budget, as they were taken and given back. */
const ledgerOfPlaces = () => {
  const places: string[] = [];
  const acquire: PlatformCallDeps['acquire'] = async () => {
    places.push('taken');
    return { release: ({ throttled }) => places.push(throttled ? 'throttled' : 'given back') };
  };
  return { places, acquire };
};

const answerOf = (result: CallResult): PlatformAnswer => {
  if (result.kind !== 'answer') throw new Error(`no answer: ${result.failure.message}`);
  return result.answer;
};

/** Asks a server that answers like this. */
const answered = async (
  status: number,
  body = '',
  headers: Record<string, string> = {},
  request: Partial<PlatformRequest> = {},
): Promise<PlatformAnswer> => {
  await using server = await startScriptedServer((response) => response.writeHead(status, headers).end(body));
  return answerOf(await platformCall({ method: 'GET', url: server.url, ...request }, deps()));
};

describe('an answer', () => {
  it('of any status is an answer, with its headers and its text as they came', async () => {
    for (const status of [200, 204, 304, 404, 500]) {
      const answer = await answered(status, status === 200 ? 'text' : '', { 'x-page': '2' });
      expect([answer.status, answer.header('x-page'), answer.header('x-none')]).toEqual([status, '2', undefined]);
    }
    expect(await answered(200, '{"a":"ø"}')).toMatchObject({ text: '{"a":"ø"}', whole: true });
  });

  it('shows no secret of the connection or of the request, in the record and in the message', async () => {
    const token = 'TOKEN-of-the-hour';
    const body = JSON.stringify({ message: `${key} and ${token}` });
    const answer = await answered(400, body, {}, { secrets: [token] });
    expect(answer.message).toBe('*** and ***');
    expect(answer.excerpt).toBe('{"message":"*** and ***"}');
    expect((await answered(400, body)).message, 'the control').toContain(token);
  });

  it('says how long to wait', async () => {
    const waits = await Promise.all(
      ['120', 'Mon, 02 Mar 2026 08:05:00 GMT', 'soon'].map((header) => answered(429, '', { 'retry-after': header })),
    );
    expect(waits.map(({ retryAfterMs }) => retryAfterMs)).toEqual([120_000, 300_000, null]);
  });

  it('is read as far as the request wants it, and says whether that was all', async () => {
    const long = 'x'.repeat(200_000);
    const cut = await answered(200, long);
    expect(cut.whole).toBe(false);
    expect(cut.text.length).toBeLessThan(long.length);
    const full = await answered(200, long, {}, { longestAnswerBytes: 200_000 });
    expect([full.whole, full.text.length]).toEqual([true, 200_000]);
  });

  it('that is cut on the way says so', async () => {
    await using server = await startScriptedServer((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    const answer = answerOf(await platformCall({ method: 'GET', url: server.url }, deps()));
    expect(answer).toMatchObject({ status: 200, text: 'half', whole: false });
  });

  it('that sends it elsewhere is not followed', async () => {
    await using server = await startScriptedServer((response) =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    );
    const answer = answerOf(await platformCall({ method: 'GET', url: server.url }, deps()));
    expect([answer.status, answer.header('location'), server.seen.length]).toEqual([302, '/elsewhere', 1]);
  });

  it('becomes a failure of the class of its status, unless the platform means another', async () => {
    const answer = await answered(429, '{"message":"slow down"}', { 'retry-after': '7' });
    expect(answerFailure(answer, 'too fast')).toEqual({
      class: 'rateLimited',
      message: 'too fast',
      httpStatus: 429,
      retryAfterMs: 7_000,
      excerpt: '{"message":"slow down"}',
    });
    expect(answerFailure(answer, 'no', 'rejected').class).toBe('rejected');
    expect(answerFailure(await answered(200), 'no JSON').class, 'a success that makes no sense').toBe('serverError');
  });
});

describe('a request', () => {
  it('goes out once, with its method, headers and body, over a connection that is kept', async () => {
    await using server = await startScriptedServer((response) => response.end());
    const shared = deps();
    const body = { contentType: 'application/json', text: '{"a":1}' };
    const headers = { authorization: `Bearer ${key}` };
    for (let sent = 0; sent < 5; sent += 1) {
      await platformCall({ method: 'POST', url: server.url, headers, body }, shared);
    }
    await platformCall({ method: 'HEAD', url: server.url }, shared);
    expect(server.seen.map(({ method, body: text }) => `${method} ${text}`)).toEqual([
      ...Array.from({ length: 5 }, () => 'POST {"a":1}'),
      'HEAD ',
    ]);
    expect(server.seen[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '7',
      'user-agent': 'platen',
      authorization: `Bearer ${key}`,
    });
    expect(new Set(server.seen.map(({ port }) => port)).size).toBe(1);
  });

  it('shares a bounded number of connections with the others', async () => {
    const open = new Set<number>();
    await using server = await startScriptedServer((response, { port }) => {
      open.add(port);
      setTimeout(() => response.end(), 5);
    });
    const shared = deps();
    await Promise.all(Array.from({ length: 100 }, () => platformCall({ method: 'POST', url: server.url }, shared)));
    expect(server.seen).toHaveLength(100);
    expect(open.size).toBeLessThanOrEqual(16);
  });

  it('that found nobody has surely not arrived', async () => {
    const gone = await startScriptedServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    expect(await platformCall({ method: 'POST', url: gone.url }, deps())).toMatchObject({
      kind: 'noAnswer',
      mayHaveArrived: false,
      failure: { class: 'network', message: expect.stringMatching(/refuses connections$/) },
    });
    expect(await platformCall({ method: 'POST', url: 'http://nowhere.invalid/' }, deps())).toMatchObject({
      kind: 'noAnswer',
      mayHaveArrived: false,
      failure: { class: 'network', message: expect.stringMatching(/nowhere\.invalid/) },
    });
  });

  it('to one that does not speak TLS has surely not arrived', async () => {
    await using server = await startScriptedServer((response) => response.end());
    const url = server.url.replace('http:', 'https:');
    expect(await platformCall({ method: 'POST', url }, deps())).toMatchObject({
      kind: 'noAnswer',
      mayHaveArrived: false,
      failure: { class: 'network' },
    });
    expect(server.seen).toHaveLength(0);
  });

  it('whose answer is lost may have arrived', async () => {
    await using server = await startScriptedServer((response) => response.destroy());
    expect(await platformCall({ method: 'POST', url: server.url }, deps())).toMatchObject({
      kind: 'noAnswer',
      mayHaveArrived: true,
      failure: { class: 'network', message: expect.stringMatching(/closed the connection before it answered$/) },
    });
    expect(server.seen).toHaveLength(1);
  });

  it('whose answer does not come in time may have arrived, on a new connection and on a kept one', async () => {
    let silent = false;
    await using server = await startScriptedServer((response) => {
      if (!silent) response.end();
    });
    const timeouts = { connect: 5_000, response: 50, whole: 5_000 };
    const late = {
      kind: 'noAnswer',
      mayHaveArrived: true,
      failure: { class: 'timeout', message: expect.stringMatching(/^no answer from 127\.0\.0\.1:\d+ in time$/) },
    };
    const shared = deps({ timeouts });
    expect(await platformCall({ method: 'POST', url: server.url }, shared)).toMatchObject({ kind: 'answer' });
    silent = true;
    expect(await platformCall({ method: 'POST', url: server.url }, shared)).toMatchObject(late);
    expect(await platformCall({ method: 'POST', url: server.url }, deps({ timeouts }))).toMatchObject(late);
    expect(server.seen).toHaveLength(3);
  });

  it('is left at once when the station stops', async () => {
    const stop = new AbortController();
    await using server = await startScriptedServer(() => stop.abort());
    expect(await platformCall({ method: 'POST', url: server.url }, deps({ abort: stop.signal }))).toMatchObject({
      kind: 'noAnswer',
      mayHaveArrived: true,
      failure: { class: 'network', message: 'stopped before an answer came' },
    });
  });
});

describe('the place in the budget', () => {
  it('is given back once, whatever comes of the request, and says whether the platform wants less', async () => {
    const statuses = [200, 400, 401, 429, 500, 503];
    const { places, acquire } = ledgerOfPlaces();
    await using server = await startScriptedServer((response) => response.writeHead(statuses.shift() ?? 200).end());
    while (statuses.length > 0) await platformCall({ method: 'GET', url: server.url }, deps({ acquire }));
    const gone = await startScriptedServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    await platformCall({ method: 'GET', url: gone.url }, deps({ acquire }));
    expect(places.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: 7 }, () => 'taken'));
    expect(places.filter((_, index) => index % 2 === 1)).toEqual([
      'given back',
      'given back',
      'given back',
      'throttled',
      'given back',
      'throttled',
      'given back',
    ]);
  });

  it('is held until all of the answer is here', async () => {
    const { places, acquire } = ledgerOfPlaces();
    let finish = (): void => undefined;
    await using server = await startScriptedServer((response) => {
      response.writeHead(200);
      response.write('half');
      finish = () => response.end();
    });
    const result = platformCall({ method: 'GET', url: server.url }, deps({ acquire }));
    await expect.poll(() => server.seen.length).toBe(1);
    expect(places).toEqual(['taken']);
    finish();
    await result;
    expect(places).toEqual(['taken', 'given back']);
  });

  it('that never comes, because the station stops, is a request that never left', async () => {
    await using server = await startScriptedServer((response) => response.end());
    const result = await platformCall({ method: 'POST', url: server.url }, deps({ acquire: async () => null }));
    expect(result).toMatchObject({ kind: 'noAnswer', mayHaveArrived: false, failure: { class: 'network' } });
    expect(server.seen).toEqual([]);
  });
});
