import { parse } from 'csv-parse/browser/esm/sync';
import { describe, expect, test } from 'vitest';
import {
  isSendable,
  orderCountOf,
  readProduceList,
  toProduceLines,
} from '../../../../../renderer/features/produce/produce-lines.ts';

const defaults = { order: '', copies: 1 };
const read = (text: string, changes: Partial<typeof defaults> = {}) =>
  readProduceList(parse, text, { ...defaults, ...changes });

describe('what was pasted', () => {
  test('lines of tokens alone take order and copies from what counts for all', () => {
    const list = read('st:one\n\n  st:two  \n', { order: ' SO-1 ', copies: 25 });
    expect(toProduceLines(list)).toEqual([
      { template: 'st:one', order: 'SO-1', copies: 25, title: '' },
      { template: 'st:two', order: 'SO-1', copies: 25, title: '' },
    ]);
    expect(orderCountOf(list)).toBe(1);
    expect(isSendable(list)).toBe(true);
  });

  test('a line may say its own order, copies and title, with tabs, semicolons or commas between them', () => {
    const wanted = [
      { template: 'Business card', order: 'SO-1', copies: 250, title: 'Cards, matt' },
      { template: 'st:two', order: 'SO-2', copies: 1, title: '' },
    ];
    for (const text of [
      'Business card\tSO-1\t250\tCards, matt\nst:two\tSO-2',
      'Business card;SO-1;250;Cards, matt\nst:two;SO-2;;',
      'Business card,SO-1,250,"Cards, matt"\nst:two,SO-2',
    ]) {
      expect(toProduceLines(read(text)), text).toEqual(wanted);
    }
  });

  test('lines that say nothing but the token stand beside lines that say more', () => {
    const list = read('st:one\nst:two;SO-2;3;Cards, matt\nst:three', { order: 'SO-1' });
    expect(toProduceLines(list)).toMatchObject([
      { template: 'st:one', order: 'SO-1', copies: 1 },
      { template: 'st:two', order: 'SO-2', copies: 3, title: 'Cards, matt' },
      { template: 'st:three', order: 'SO-1', copies: 1 },
    ]);
    expect(toProduceLines(read('st:one,SO-1,2,red; blue'))).toMatchObject([{ title: 'red; blue' }]);
  });

  test('a heading row names the columns in any order, with a byte order mark before it', () => {
    const list = read('\uFEFFOrder reference,Quantity,Save token\r\nSO-1,3,st:one\r\n');
    expect(toProduceLines(list)).toEqual([{ template: 'st:one', order: 'SO-1', copies: 3, title: '' }]);
  });

  test('a template that is called like a column is no heading when the rest of the row is not', () => {
    expect(read('token,SO-1,3').lines).toHaveLength(1);
  });
});

describe('what is wrong', () => {
  test('is said of the line that it is in', () => {
    const list = read(
      [
        'st:one,,2',
        ',SO-2,1',
        'st:three,SO-3,0',
        'st:four,SO-4,2.5',
        'st:five,SO-5,1,a,b',
        `st:six,${'x'.repeat(101)}`,
      ].join('\n'),
    );
    expect(list.lines.map(({ number, faults }) => [number, ...faults])).toEqual([
      [1, 'orderMissing'],
      [2, 'templateMissing'],
      [3, 'copiesWrong'],
      [4, 'copiesWrong'],
      [5, 'tooManyFields'],
      [6, 'orderLong'],
    ]);
    expect(isSendable(list)).toBe(false);
  });

  test('the same template twice in an order would be billed twice', () => {
    const list = read('st:one,SO-1\nst:one,SO-2\nst:one,SO-1');
    expect(list.lines.map(({ faults }) => faults)).toEqual([[], [], ['twice']]);
    expect(list.lines[2]?.sameAs).toBe(1);
  });

  test('a quotation mark that is never closed', () => {
    const list = read('st:one,SO-1\nst:two,"SO-2\n');
    expect(list.fault?.kind).toBe('quote');
    expect(isSendable(list)).toBe(false);
  });

  test('more lines than the station takes at once', () => {
    const lines = Array.from({ length: 501 }, (_, index) => `st:${index},SO-1`).join('\n');
    expect(read(lines).fault).toEqual({ kind: 'tooMany', most: 500 });
    expect(isSendable(read(lines.slice(0, lines.lastIndexOf('\n'))))).toBe(true);
  });

  test('nothing at all is no list', () => {
    expect(isSendable(read(' \n\n'))).toBe(false);
  });
});
