import { describe, expect, it } from 'vitest';
import {
  defaultSettings,
  settingsFields,
  settingsSchema,
} from '../../../../../main/core/platforms/cloudprinter/settings.ts';

const problem = (settings: unknown): string | undefined => settingsSchema.safeParse(settings).error?.issues[0]?.message;

describe('the settings of a Cloudprinter connection', () => {
  it('need nothing but the keys', () => {
    expect(settingsSchema.parse({})).toEqual(defaultSettings);
    expect(defaultSettings.signalUrl).toBe('https://api.cloudprinter.com/cloudsignal/2.0/status/');
    expect(settingsFields.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      'orderKey',
      'signalKey',
    ]);
  });

  it('send the signal key over TLS only, unless private addresses are allowed', () => {
    const signalUrl = 'http://127.0.0.1:9000/status/';
    expect(problem({ signalUrl })).toMatch(/must begin with https/);
    expect(problem({ signalUrl, allowPrivateAddresses: true })).toBeUndefined();
    expect(problem({ signalUrl: 'ftp://x', allowPrivateAddresses: true })).toMatch(/http\(s\) address/);
    expect(problem({ signalUrl: 'nonsense' })).toMatch(/http\(s\) address/);
  });

  it('refuse zones and field names that cannot be', () => {
    expect(problem({ timeZone: 'Mars/Olympus' })).toMatch(/timeZone/);
    expect(problem({ timeZone: 'Europe/Copenhagen' })).toBeUndefined();
    expect(problem({ fieldNames: { tracking: 'apikey' } })).toMatch(/taken/);
    expect(problem({ fieldNames: { tracking: '__proto__' } })).toMatch(/letters/);
    expect(problem({ fieldNames: { delay: 'cause' } })).toMatch(/different names/);
    expect(problem({ 'fieldNames.delay': 'cause' })).toMatch(/different names/);
    expect(problem({ fieldNames: null })).toBeUndefined();
    expect(problem([])).toBeDefined();
  });

  it('can be saved from a form that shows their defaults', () => {
    const form = settingsFields.filter(({ type }) => type !== 'secret').map((field) => [field.name, field.default]);
    expect(settingsSchema.parse(Object.fromEntries(form))).toEqual(defaultSettings);
  });
});
