import { expect, test } from 'vitest';
import type { PlatformView } from '../../../../../main/contract/connections.ts';
import {
  draftOfConnection,
  freeConnectionId,
  isConnectionComplete,
  settledDraft,
  withSetting,
} from '../../../../../renderer/features/connections/connection-draft.ts';
import { sampleConnection } from '../../../../contract/stand-in/sample-views.ts';

const platform: PlatformView = {
  id: 'cloudprinter',
  name: 'Cloudprinter',
  fields: [
    { name: 'orderKey', type: 'secret', required: true, default: null },
    { name: 'signalUrl', type: 'url', required: true, default: 'https://api.example.com/' },
    { name: 'sendPacked', type: 'switch', required: false, default: true },
  ],
  signals: [],
  cancelCauses: [],
  produces: false,
  takesShopOrders: false,
};

test('a new connection starts with the defaults of the platform and needs its keys', () => {
  const draft = draftOfConnection(platform, null);
  expect(draft.settings).toEqual({ signalUrl: 'https://api.example.com/', sendPacked: true });
  expect(isConnectionComplete({ ...draft, id: 'cp' }, platform, null)).toBe(false);
  expect(isConnectionComplete({ ...draft, id: 'cp', secrets: { orderKey: 'k' } }, platform, null)).toBe(true);
  expect(isConnectionComplete({ ...draft, id: 'C P', secrets: { orderKey: 'k' } }, platform, null)).toBe(false);
});

test('a stored key need not be typed again and is not sent', () => {
  const connection = sampleConnection({ id: 'cp', secrets: { orderKey: 'stored' } });
  const draft = draftOfConnection(platform, connection);
  expect(isConnectionComplete(draft, platform, connection)).toBe(true);
  expect(settledDraft({ ...draft, secrets: { orderKey: '  ' } }).secrets).toEqual({});
});

test('an emptied field is left out, so that the platform takes its default', () => {
  const draft = draftOfConnection(platform, null);
  expect(settledDraft({ ...draft, settings: { ...draft.settings, name: ' ' } }).settings).not.toHaveProperty('name');
});

test('a field that is cleared goes back to the platform’s default', () => {
  const draft = draftOfConnection(platform, null);
  const changed = withSetting(draft, 'dpi', 600);
  expect(changed.settings.dpi).toBe(600);
  expect(withSetting(changed, 'dpi', undefined).settings).toEqual(draft.settings);
});

test('what a comma leaves empty in a list is not sent', () => {
  const draft = withSetting(draftOfConnection(platform, null), 'origins', ['WC shop', '', 'Magento']);
  expect(settledDraft(draft).settings.origins).toEqual(['WC shop', 'Magento']);
});

test('a second connection of a platform gets a short name of its own', () => {
  expect(freeConnectionId('cloudprinter', [])).toBe('cp');
  expect(freeConnectionId('printess', ['cp'])).toBe('printess');
  expect(freeConnectionId('printess', ['printess', 'printess-2', 'cp'])).toBe('printess-3');
});
