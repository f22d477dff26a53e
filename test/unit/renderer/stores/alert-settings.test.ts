import { expect, test } from 'vitest';
import { isSilent, readAlertSettings } from '../../../../renderer/stores/alert-settings.ts';

const usual = readAlertSettings(null);

test('a workstation keeps its volume, and begins with a usual one', () => {
  const quieter = { ...usual, volumePercent: 20, notifications: false };
  expect(readAlertSettings(JSON.stringify(quieter))).toEqual(quieter);
  for (const text of ['', '{', '[]', '{"volumePercent":900,"muted":false,"notifications":true}']) {
    expect(readAlertSettings(text)).toEqual(usual);
  }
  expect(isSilent(usual)).toBe(false);
});

test('nothing is heard when it is muted, nor at a volume of 0', () => {
  expect(isSilent({ ...usual, muted: true })).toBe(true);
  expect(isSilent({ ...usual, volumePercent: 0 })).toBe(true);
});
