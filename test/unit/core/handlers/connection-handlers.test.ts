import { expect, test } from 'vitest';
import { valuesOf } from '../../../support/scenario-database.ts';
import { openShop } from '../../../support/scenario-shop.ts';
import { startStation } from '../../../support/scenario-station.ts';

test('a key that is given among the settings is refused, because those lie in the open', async () => {
  const shop = await openShop();
  const { client } = await startStation(shop);
  const settings = { signalUrl: shop.sandbox.signalUrl, allowPrivateAddresses: true };
  const stray = { ...settings, signalKey: 'the-key-of-the-shop' };
  await expect(client.connections.save({ id: 'cp2', platform: 'cloudprinter', settings: stray })).rejects.toThrow(
    'signalKey is a secret: give it as one',
  );
  expect(valuesOf(shop.dataFolder, 'SELECT id FROM connections')).toEqual(['cp']);

  const secrets = { signalKey: 'the-key-of-the-shop' };
  const { connection } = await client.connections.save({ id: 'cp2', platform: 'cloudprinter', settings, secrets });
  expect(connection.secrets).toEqual({ orderKey: 'missing', signalKey: 'stored' });
  expect(valuesOf(shop.dataFolder, 'SELECT settings_json FROM connections').join()).not.toContain(secrets.signalKey);
});

test('what a connection shows of its settings can be saved again without losing any', async () => {
  const shop = await openShop();
  const { client } = await startStation(shop);
  const settings = {
    name: 'Hall 2',
    signalUrl: shop.sandbox.signalUrl,
    allowPrivateAddresses: true,
    pollSeconds: 90,
    'fieldNames.tracking': 'track_and_trace',
  };
  const first = await client.connections.save({ id: 'cp2', platform: 'cloudprinter', settings });
  expect(first.connection.settings).toMatchObject(settings);
  const { connection } = await client.connections.save({
    id: 'cp2',
    platform: 'cloudprinter',
    settings: first.connection.settings,
  });
  expect(connection).toMatchObject({ name: 'Hall 2', settings: first.connection.settings });
});
