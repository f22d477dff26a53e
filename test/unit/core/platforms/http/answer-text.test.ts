import { describe, expect, test } from 'vitest';
import { answerExcerpt, answerMessage } from '../../../../../main/core/platforms/http/answer-text.ts';

const key = 'Key+of/the="&<shop>é';
const body = JSON.stringify({ type: 'ItemPacked', apikey: key });

describe('a key that the platform echoes', () => {
  test.each([
    ['as it is', key],
    ['in the JSON body', body],
    ['in the body, quoted in JSON', JSON.stringify({ message: body })],
    ['in an address', `/status/?apikey=${encodeURIComponent(key)}`],
    ['in a form', new URLSearchParams({ apikey: key }).toString()],
    ['in HTML', '<p>apikey Key+of/the=&quot;&amp;&lt;shop&gt;é</p>'],
    ['in base64', Buffer.from(key).toString('base64')],
    ['in hexadecimal', Buffer.from(key).toString('hex')],
  ])('%s is masked in the record and in the message', (_where, answer) => {
    for (const text of [answerExcerpt(answer, [key]), answerMessage(answer, [key])]) {
      for (const part of ['Key', 'shop', 'é', '%C3%A9', Buffer.from('Key').toString('hex'), 'S2V5']) {
        expect(text).not.toContain(part);
      }
    }
    expect(answerExcerpt(answer, [key])).toContain('***');
  });

  test('leaves what stands around it', () => {
    expect(answerMessage(JSON.stringify({ message: `apikey ${key} is not known` }), [key])).toBe(
      'apikey *** is not known',
    );
    expect(answerExcerpt('not a word of keys', ['', key])).toBe('not a word of keys');
  });
});

describe('an answer of megabytes', () => {
  const listed = (entries: number): string => JSON.stringify([...Array.from({ length: entries }, () => 0), 'no room']);

  test('is not searched for a message, as a short one is', () => {
    expect(answerMessage(listed(30_000), [key])).toBe('no room');
    expect(answerMessage(listed(3_000_000), [key])).toBe('');
  });

  test.each([0, 1, 5, key.length - 1])('shows no key that %d of its characters are read of', (read) => {
    const answer = (before: string): string => `${before.padEnd(65_536 - read)}${key}${' '.repeat(100)}`;
    expect(answerMessage(answer('busy'), [key])).toBe('busy');
    expect(answerExcerpt(answer('busy'), [key])).toBe('busy');
    expect(answerMessage(`${'<p>'.repeat(20).padEnd(65_536 - read)}${key}`, [key])).toBe('');
  });
});
