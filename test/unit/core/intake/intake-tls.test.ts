import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { IntakeSwitch } from '../../../../main/core/intake/intake-switch.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { jobsWith } from './intake-fixture.ts';

/** Made by hand, for floor.test and 127.0.0.1, for a hundred years; nothing but these tests trusts it. */
const certificates = join(import.meta.dirname, 'certificate');

const start = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'platen-tls-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tls = { certificateFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') };
  await copyFile(join(certificates, 'certificate.pem'), tls.certificateFile);
  await copyFile(join(certificates, 'key.pem'), tls.keyFile);
  const clock = createFakeClock();
  const intake = new IntakeSwitch({
    clock,
    logger: silentLogger,
    connections: { find: () => null },
    accept: () => Promise.reject(new Error('no order was expected')),
    jobs: jobsWith({}),
    health: async () => ({ version: '1.2.3' }),
    onChanged: () => undefined,
  });
  onTestFinished(() => intake.stop());
  const ca = await readFile(tls.certificateFile, 'utf8');
  return { intake, clock, tls, ca, settings: { enabled: true, host: '127.0.0.1', port: 0, publicUrl: '', tls } };
};

const statusOf = (url: string, ca: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, (answer) => resolve(answer.resume().statusCode ?? 0)).on('error', reject);
  });

it('speaks TLS where a certificate is set, and nothing else there', async () => {
  const { intake, settings, ca } = await start();
  await intake.apply(settings);
  const url = intake.addressFor('') ?? '';
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/u);
  expect(await statusOf(`${url}/health`, ca)).toBe(200);
  await expect(fetch(`${url.replace('https:', 'http:')}/health`)).rejects.toThrow();
});

it('refuses a version of TLS that is not safe any more', async () => {
  const { intake, settings, ca } = await start();
  await intake.apply(settings);
  const port = Number(new URL(intake.addressFor('') ?? '').port);
  const speak = (version: 'TLSv1.1' | 'TLSv1.2'): Promise<string> =>
    new Promise((resolve) => {
      const options = { host: '127.0.0.1', port, ca, minVersion: version, maxVersion: version } as const;
      const socket = connect({ ...options, ciphers: 'DEFAULT@SECLEVEL=0' }, () => {
        socket.destroy();
        resolve('spoken');
      });
      socket.on('error', () => resolve('refused'));
    });
  expect(await speak('TLSv1.2')).toBe('spoken');
  expect(await speak('TLSv1.1')).toBe('refused');
});

it('a certificate that cannot be used is shown as a problem, without a word of the key', async () => {
  const { intake, settings, tls } = await start();
  const key = await readFile(tls.keyFile, 'utf8');
  await writeFile(tls.keyFile, `${key.slice(0, 80)}broken${key.slice(80)}`);
  await intake.apply(settings);
  expect(intake.view('')).toMatchObject({ state: 'problem', url: null });
  const problem = intake.view('').problem ?? '';
  expect(problem).toContain('are no certificate and its key');
  expect(problem).not.toContain(key.split('\n')[1]);
  await intake.apply({ ...settings, tls: { ...tls, keyFile: 'key.pem' } });
  expect(intake.view('').problem).toContain('key.pem is not an absolute path');
});

it('a renewed certificate is shown while the station runs, and one that is broken changes nothing', async () => {
  const { intake, clock, settings, tls, ca } = await start();
  const renewed = await readFile(join(certificates, 'renewed.pem'), 'utf8');
  await intake.apply(settings);
  const url = `${intake.addressFor('')}/health`;
  await writeFile(tls.certificateFile, 'not a certificate');
  await clock.advance(3_600_000);
  expect(await statusOf(url, ca)).toBe(200);
  await expect(statusOf(url, renewed), 'it is not the other one yet').rejects.toThrow();
  await writeFile(tls.certificateFile, renewed);
  const anHourLater = async (): Promise<number> => {
    await clock.advance(3_600_000);
    return statusOf(url, renewed).catch(() => 0);
  };
  await expect.poll(anHourLater).toBe(200);
});
