import { expect, it } from 'vitest';
import type { IntakeJobs } from '../../../../main/core/intake/intake-jobs.ts';
import { connectionTo, jobsHeardBy, platformWith, post, startIntake } from './intake-fixture.ts';

/** Print API's manner: a form with only an order id. */
const told = platformWith({
  jobs: jobsHeardBy({
    readWebhook: (body, contentType) =>
      contentType === 'application/x-www-form-urlencoded' ? new URLSearchParams(body.toString()).get('orderId') : null,
  }),
});
const form = { 'content-type': 'application/x-www-form-urlencoded' };

const start = async (heardOf?: IntakeJobs['heardOf']) => {
  const heard: string[] = [];
  const note: IntakeJobs['heardOf'] = async (connection, externalId) => {
    heard.push(`${connection.id} ${externalId}`);
    return 'noted';
  };
  const connections = [connectionTo(told, 'pa'), connectionTo(told, 'pb'), connectionTo(platformWith({}), 'silent')];
  return { ...(await startIntake(connections, { jobs: { heardOf: heardOf ?? note } })), heard };
};

it('a webhook is answered once the job that it tells of is noted, for its own connection', async () => {
  const { url, heard, logged } = await start();
  expect(await post(`${url}/in/pa`, 'orderId=A-1', form)).toEqual({ status: 200, text: 'noted\n' });
  expect(await post(`${url}/in/pb`, 'orderId=A-1', form)).toEqual({ status: 200, text: 'noted\n' });
  expect(heard).toEqual(['pa A-1', 'pb A-1']);
  expect(logged).toEqual([]);
});

it('a webhook that names no job is refused in one line', async () => {
  const { url, heard } = await start();
  const nameless = { status: 400, text: 'the webhook names no job\n' };
  expect(await post(`${url}/in/pa`, 'payment=A-1', form)).toEqual(nameless);
  expect(await post(`${url}/in/pa`, '', form)).toEqual(nameless);
  expect(await post(`${url}/in/pa`, 'orderId=A-1', { 'content-type': 'text/plain' })).toEqual(nameless);
  expect(heard).toEqual([]);
});

it('a flood of unknown jobs, or a full disk, asks the sender to come again', async () => {
  const tooMany = 'too many unknown jobs wait already, send it again\n';
  const notNoted = 'the webhook could not be noted, send it again\n';
  const ways: readonly (readonly [IntakeJobs['heardOf'], string])[] = [
    [async () => 'tooMany', tooMany],
    [() => Promise.reject(new Error('the disk is full')), notNoted],
  ];
  for (const [heardOf, text] of ways) {
    const { url, logged } = await start(heardOf);
    const response = await fetch(`${url}/in/pa`, { method: 'POST', body: 'orderId=SECRET-1', headers: form });
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '2', text]);
    expect(logged.join('\n')).not.toContain('SECRET-1');
  }
});

it('a connection whose platform posts nothing takes nothing, and its bodies are not read', async () => {
  const { url, refusals } = await start();
  const nothing = { status: 404, text: 'this connection takes nothing here\n' };
  for (const path of [
    '/in/silent',
    '/in/silent/orders',
    '/in/silent/callback/n',
    '/in/pa/orders',
    '/in/pa/callback/n',
  ]) {
    expect([path, await post(`${url}${path}`, 'orderId=A-1', form)]).toEqual([path, nothing]);
  }
  expect(await post(`${url}/in/silent`, Buffer.alloc(6_000_000, ' '), form)).toEqual(nothing);
  expect(refusals).toHaveLength(6);
});
