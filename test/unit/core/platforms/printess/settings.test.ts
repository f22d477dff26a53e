import { expect, it } from 'vitest';
import { defaultSettings, settingsSchema } from '../../../../../main/core/platforms/printess/settings.ts';
import { printess } from './printess-way.ts';

it('nothing but the token has to be given', () => {
  expect(defaultSettings).toMatchObject({
    baseUrl: 'https://api.printess.com',
    origin: 'Platen',
    discover: true,
    discoverOrigins: [],
    lookBackDays: 30,
    outputType: 'pdf',
    dpi: 300,
  });
  const { fields, secretNames } = printess.platform;
  expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['serviceToken']);
  expect(fields.filter(({ type }) => type === 'secret').map(({ name }) => name)).toEqual(secretNames);
  for (const field of fields.filter(({ type }) => type !== 'secret')) {
    expect(settingsSchema.safeParse({ [field.name]: field.default }).success).toBe(true);
  }
});

it('the token goes to https only, unless private addresses are allowed', () => {
  const baseUrl = 'http://printess.local:8080/api';
  expect(settingsSchema.safeParse({ baseUrl }).error?.issues[0]?.message).toContain('must begin with https://');
  expect(settingsSchema.safeParse({ baseUrl, allowPrivateAddresses: true }).success).toBe(true);
  expect(settingsSchema.safeParse({ baseUrl: 'ftp://x', allowPrivateAddresses: true }).success).toBe(false);
});

it('what cannot be sent twice is never repeated by itself', () => {
  const { outgoing, jobs } = printess;
  expect(outgoing.kinds(defaultSettings)).toEqual(['produce', 'renderAgain']);
  for (const kind of outgoing.kinds(defaultSettings)) expect(outgoing.isRepeatable(kind)).toBe(false);
  expect(jobs.callbacksRetriedForMs).toBe((31 * 60 + 40) * 60_000);
});
