import { expect, it, onTestFinished } from 'vitest';
import { IntakeSwitch } from '../../../../main/core/intake/intake-switch.ts';
import { systemClock } from '../../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { connectionTo, jobsHeardBy, jobsWith, platformWith, post, sightingOf } from './intake-fixture.ts';

const start = () => {
  const happened: string[] = [];
  const platform = platformWith({
    jobs: jobsHeardBy({
      readWebhook: (body) => body.toString(),
      readCallback: (body) => sightingOf(body.toString()),
    }),
  });
  const shop = connectionTo(platform, 'shop');
  const intake = new IntakeSwitch({
    clock: systemClock,
    logger: silentLogger,
    connections: { find: (id) => (id === shop.id ? shop : null) },
    accept: () => Promise.reject(new Error('no order was expected')),
    jobs: jobsWith({
      heardOf: async ({ id }, externalId) => {
        happened.push(`${id} heard of ${externalId}`);
        return 'noted';
      },
      knowsNonce: async (_connection, nonce) => nonce === 'right',
      applyCallback: async ({ id }, nonce, { externalId }) => {
        happened.push(`${id} applied ${externalId} for ${nonce}`);
        return 'applied';
      },
    }),
    health: async () => ({}),
    onChanged: () => happened.push('changed'),
  });
  onTestFinished(() => intake.stop());
  return { intake, happened };
};

const settings = { enabled: true, host: '127.0.0.1', port: 0, publicUrl: '' };

it('posts reach the connection that they name, once the intake is switched on', async () => {
  const { intake, happened } = start();
  expect(intake.view('')).toMatchObject({ state: 'off', url: null });
  expect(intake.addressFor('https://shop.example/')).toBeNull();
  await intake.apply(settings);
  const url = intake.addressFor('');
  expect(intake.view('')).toMatchObject({ state: 'listening', url, problem: null });
  expect(await post(`${url}/in/shop`, 'job-1')).toEqual({ status: 200, text: 'noted\n' });
  expect(await post(`${url}/in/shop/callback/right`, 'job-2')).toEqual({ status: 200, text: 'applied\n' });
  expect(await post(`${url}/in/shop/callback/wrong`, 'job-2')).toMatchObject({ status: 404 });
  expect(await post(`${url}/in/else/callback/right`, 'job-2')).toMatchObject({ status: 404 });
  expect(happened).toEqual(['changed', 'shop heard of job-1', 'shop applied job-2 for right']);
  expect(intake.addressFor('https://shop.example/')).toBe('https://shop.example');
});

it('switched off it is gone, and the same settings again change nothing', async () => {
  const { intake, happened } = start();
  await intake.apply(settings);
  const url = intake.addressFor('');
  await intake.apply(settings);
  expect([intake.addressFor(''), happened]).toEqual([url, ['changed']]);
  await intake.apply({ ...settings, enabled: false });
  expect([intake.view('').state, happened]).toEqual(['off', ['changed', 'changed']]);
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

it('a port that is taken is shown as a problem, and tried again with the next settings', async () => {
  const first = start();
  await first.intake.apply(settings);
  const port = Number(new URL(first.intake.addressFor('') ?? '').port);
  const { intake } = start();
  await intake.apply({ ...settings, port });
  expect(intake.view('')).toMatchObject({ state: 'problem', url: null });
  expect(intake.view('').problem).toMatch(/^the intake cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
  await first.intake.stop();
  await intake.apply({ ...settings, port });
  expect(intake.view('')).toMatchObject({ state: 'listening', problem: null });
});
