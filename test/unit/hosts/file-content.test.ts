import { expect, test } from 'vitest';
import { askedRange, contentIdOf } from '../../../main/hosts/file-content.ts';

test.each([
  ['bytes=0-3', { kind: 'piece', from: 0, to: 3 }],
  ['bytes=4-', { kind: 'piece', from: 4, to: 9 }],
  ['bytes=-4', { kind: 'piece', from: 6, to: 9 }],
  ['bytes=8-100', { kind: 'piece', from: 8, to: 9 }],
  ['bytes=-100', { kind: 'piece', from: 0, to: 9 }],
  ['bytes=10-', { kind: 'unsatisfiable' }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  // What makes no sense, or asks for several pieces, is answered with all of it.
  ['bytes=3-1', { kind: 'whole' }],
  ['bytes=-', { kind: 'whole' }],
  ['bytes=0-1,3-4', { kind: 'whole' }],
  ['lines=0-1', { kind: 'whole' }],
  [null, { kind: 'whole' }],
])('of ten bytes, %s asks for the right ones', (header, asked) => {
  expect(askedRange(header, 10)).toEqual(asked);
});

test('a file is named by a whole number and nothing else', () => {
  expect(contentIdOf('/files/21/content')).toBe(21);
  for (const path of [
    '/files/0/content',
    '/files/-1/content',
    '/files/1e3/content',
    '/files/../21/content',
    '/files/21',
  ]) {
    expect(contentIdOf(path)).toBeNull();
  }
});
