import { expect, it } from 'vitest';
import { settingsFields, settingsSchema } from '../../../../../main/core/platforms/customerscanvas/settings.ts';

it('a client id is all that must be said', () => {
  expect(settingsSchema.parse({ clientId: 'shop' })).toMatchObject({
    apiUrl: 'https://api.customerscanvashub.com',
    tokenUrl: 'https://customerscanvashub.com/connect/token',
    storefrontId: null,
    doneTransition: '',
    includePreviews: false,
    lookBack: 'Last7Days',
  });
});

it.each([
  [42, 42],
  ['42', 42],
  ['', null],
])('the storefront %j is %j', (given, storefrontId) => {
  expect(settingsSchema.parse({ clientId: 'shop', storefrontId: given })).toMatchObject({ storefrontId });
});

it.each([
  [{ storefrontId: 'first' }, 'storefrontId'],
  [{ apiUrl: 'http://api.example.com' }, 'https://'],
  [{ tokenUrl: 'http://id.example.com/connect/token' }, 'https://'],
  [{ apiUrl: 'https://api.example.com/?key=1' }, 'apiUrl'],
  [{ clientId: ' ' }, 'clientId'],
  [{ timeZone: 'Mars' }, 'timeZone'],
])('%j is refused', (settings, said) => {
  const checked = settingsSchema.safeParse({ clientId: 'shop', ...settings });
  expect(checked.error?.issues.map(({ message, path }) => `${path.join('.')} ${message}`).join()).toContain(said);
});

it('plain http is for a platform on site', () => {
  const onSite = { clientId: 'shop', apiUrl: 'http://10.0.0.5/gateway/', allowPrivateAddresses: true };
  expect(settingsSchema.parse(onSite)).toMatchObject({ apiUrl: 'http://10.0.0.5/gateway' });
});

it('the form has the defaults of the settings', () => {
  const defaults = settingsSchema.parse({ clientId: 'shop' });
  const given = Object.entries(defaults).map(([name, value]) => [name, value ?? '']);
  const fields = new Map(settingsFields.map((field) => [field.name, field.default]));
  for (const [name, value] of given)
    if (name !== 'clientId') expect([name, fields.get(String(name))]).toEqual([name, value]);
});
