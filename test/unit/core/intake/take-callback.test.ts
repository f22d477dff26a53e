import { expect, it } from 'vitest';
import { z } from 'zod';
import type { IntakeJobs } from '../../../../main/core/intake/intake-jobs.ts';
import { connectionTo, jobsHeardBy, platformWith, post, sightingOf, startIntake } from './intake-fixture.ts';

const callbackBody = z.object({ jobId: z.string() });

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
};

const calling = platformWith({
  jobs: jobsHeardBy({
    readCallback: (body) => {
      const read = callbackBody.safeParse(parsed(body));
      return read.success ? sightingOf(read.data.jobId) : null;
    },
  }),
});

const firstNonce = 'Zm9yLWpvYi0x_first-NONCE';
const secondNonce = 'Zm9yLWpvYi0y_second-NONCE';
const otherNonce = 'b3RoZXItc2hvcA_other-NONCE';

/** Two jobs of `one` and one of `two`, whose job has the id of one of the others. */
const jobs = [
  { connection: 'one', nonce: firstNonce, job: 'job-1' },
  { connection: 'one', nonce: secondNonce, job: 'job-2' },
  { connection: 'two', nonce: otherNonce, job: 'job-1' },
] as const;

const start = async (more: Partial<IntakeJobs> = {}) => {
  const applied: string[] = [];
  const find = (connection: string, nonce: string) =>
    jobs.find((each) => each.connection === connection && each.nonce === nonce);
  const intake = await startIntake([connectionTo(calling, 'one'), connectionTo(calling, 'two')], {
    jobs: {
      knowsNonce: async ({ id }, nonce) => find(id, nonce) !== undefined,
      applyCallback: async ({ id }, nonce, sighting) => {
        if (find(id, nonce)?.job !== sighting.externalId) return 'unknown';
        applied.push(`${id} ${sighting.externalId}`);
        return 'applied';
      },
      ...more,
    },
  });
  const callBack = (connection: string, nonce: string, body = '{"jobId":"job-1"}') =>
    post(`${intake.url}/in/${connection}/callback/${nonce}`, body);
  return { ...intake, applied, callBack };
};

const noSuchJob = { status: 404, text: 'there is no such job\n' };

it("a callback to a job's own address is applied, and answered when it is", async () => {
  const { callBack, applied, logged } = await start();
  expect(await callBack('one', firstNonce)).toEqual({ status: 200, text: 'applied\n' });
  expect(await callBack('one', secondNonce, '{"jobId":"job-2"}')).toEqual({ status: 200, text: 'applied\n' });
  expect(await callBack('two', otherNonce)).toEqual({ status: 200, text: 'applied\n' });
  expect(applied).toEqual(['one job-1', 'one job-2', 'two job-1']);
  expect(logged).toEqual([]);
});

it('a wrong nonce changes nothing and is answered 404, whatever else is wrong', async () => {
  const { callBack, applied, refusals } = await start();
  const wrong = [
    'x',
    firstNonce.slice(0, -1),
    `${firstNonce}x`,
    firstNonce.toLowerCase(),
    `${firstNonce}%00`,
    `%20${firstNonce}`,
    '__proto__',
    '..%2f..',
    '%27%20OR%201=1--',
  ];
  for (const nonce of wrong) {
    expect([nonce, await callBack('one', nonce)]).toEqual([nonce, noSuchJob]);
    expect([nonce, await callBack('one', nonce, 'no callback')]).toEqual([nonce, noSuchJob]);
  }
  expect(refusals).toHaveLength(2 * wrong.length);
  for (const nonce of ['', 'x'.repeat(5_000), `${firstNonce}/`, `${firstNonce}/x`, '%zz']) {
    expect(await callBack('one', nonce)).toMatchObject({ status: 404 });
  }
  expect(applied).toEqual([]);
});

it("the nonce of another connection's job changes nothing and is answered 404", async () => {
  const { callBack, applied } = await start();
  expect(await callBack('one', otherNonce)).toEqual(noSuchJob);
  expect(await callBack('two', firstNonce)).toEqual(noSuchJob);
  expect(await callBack('three', firstNonce)).toEqual({ status: 404, text: 'there is no such connection\n' });
  expect(applied).toEqual([]);
});

it('a callback about another job than its address is of changes nothing and is answered 404', async () => {
  const { callBack, applied } = await start();
  expect(await callBack('one', firstNonce, '{"jobId":"job-2"}')).toEqual(noSuchJob);
  expect(await callBack('one', secondNonce, '{"jobId":"job-1"}')).toEqual(noSuchJob);
  expect(applied).toEqual([]);
});

it('a body that is no callback is refused, once the nonce is known to be right', async () => {
  const { callBack, applied } = await start();
  for (const body of ['', 'hello', '{"jobId":', '[]', '{"jobId":1}']) {
    expect([body, await callBack('one', firstNonce, body)]).toEqual([
      body,
      { status: 400, text: 'the body is no callback\n' },
    ]);
  }
  expect(await callBack('one', firstNonce, ' '.repeat(6_000_000))).toEqual({
    status: 413,
    text: 'the body is too large\n',
  });
  expect(applied).toEqual([]);
});

it('a callback that cannot be stored is to be sent again', async () => {
  const full = () => Promise.reject(new Error('the disk is full'));
  for (const broken of [{ knowsNonce: full }, { applyCallback: full }]) {
    const { url, logged } = await start(broken);
    const response = await fetch(`${url}/in/one/callback/${firstNonce}`, { method: 'POST', body: '{"jobId":"job-1"}' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await response.text()).toBe('the callback could not be stored, send it again\n');
    expect(logged[0]).toContain('the disk is full');
  }
});

it('any other method is told to post', async () => {
  const { url, applied } = await start();
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    for (const path of [`/in/one/callback/${firstNonce}`, '/in/one/orders']) {
      const response = await fetch(`${url}${path}`, { method });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'POST']);
    }
  }
  expect(applied).toEqual([]);
});

it('the log holds neither the nonce nor anything of the body, whatever comes of a callback', async () => {
  const quoting = platformWith({
    jobs: jobsHeardBy({
      readCallback: (body) => {
        throw new SyntaxError(`Unexpected token in ${body.toString()}`);
      },
    }),
  });
  const { url, logged } = await startIntake([connectionTo(calling, 'one'), connectionTo(quoting, 'quoting')], {
    jobs: { knowsNonce: async (_connection, nonce) => nonce === firstNonce, applyCallback: async () => 'unknown' },
  });
  const statuses: number[] = [];
  const body = '{"jobId":"BODY-SECRET"}';
  for (const path of [
    `/in/one/callback/${firstNonce}`,
    `/in/one/callback/${secondNonce}`,
    `/in/none/callback/${firstNonce}`,
    `/in/one/callback/${firstNonce}/x`,
    `/in/one/callback/${firstNonce}%zz`,
    `/in/one/callback/${firstNonce}?nonce=${firstNonce}`,
    `/in/quoting/callback/${firstNonce}`,
  ]) {
    statuses.push((await post(`${url}${path}`, body)).status);
  }
  statuses.push((await post(`${url}/in/one/callback/${firstNonce}`, `BODY-SECRET${' '.repeat(6_000_000)}`)).status);
  statuses.push((await fetch(`${url}/in/one/callback/${firstNonce}`)).status);
  expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 500, 413, 405]);
  expect(logged).toHaveLength(10);
  expect(logged.join('\n')).toContain('could not be judged: SyntaxError');
  expect(logged.join('\n')).not.toMatch(/NONCE|BODY-SECRET|callback\//);
});
