import { expect, test } from 'vitest';
import { readableCode, readableLine } from '../../../../renderer/i18n/code-words.ts';

test('a code without words of its own is made readable', () => {
  expect(readableCode('handover.pickedUp')).toBe('Handover picked up');
  expect(readableCode('fieldNames.tracking_code')).toBe('Field names tracking code');
});

test('its values stand beside it, empty ones are left out', () => {
  expect(readableLine('file.odd', { role: 'cover', bytesRead: 24, note: '', cause: null })).toBe(
    'File odd (role cover, bytes read 24)',
  );
  expect(readableLine('ended', {})).toBe('Ended');
});
