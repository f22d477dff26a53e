import { beforeEach, expect, test } from 'vitest';
import { createKnobBoard, type KnobBoard } from '../../../sandbox/knobs/knob-board.ts';

type Field = 'path' | 'item';
const always = () => true;
const subject = (path: string, item = '1') => ({ path, item });

let board: KnobBoard<Field, string>;

beforeEach(() => {
  board = createKnobBoard<Field, string>(['path']);
});

test('without a count a knob strikes always, until it is removed', () => {
  const knob = board.set({ fault: 'slow' });
  expect([1, 2, 3].map(() => board.strikeFirst(subject('/a'), always))).toEqual(['slow', 'slow', 'slow']);
  knob.remove();
  expect(board.strikeFirst(subject('/a'), always)).toBeUndefined();
  expect(knob.strikes).toBe(3);
});

test('it strikes the first times only, after letting some through', () => {
  board.set({ fault: 'bad', after: 1, times: 2 });
  expect([1, 2, 3, 4].map(() => board.strikeFirst(subject('/a'), always))).toEqual([
    undefined,
    'bad',
    'bad',
    undefined,
  ]);
});

test('it counts each subject apart when asked', () => {
  board.set({ fault: 'bad', timesEach: 1 });
  const strikes = ['/a', '/b', '/a', '/b'].map((path) => board.strikeFirst(subject(path), always));
  expect(strikes).toEqual(['bad', 'bad', undefined, undefined]);
});

test('it strikes only what matches, in every field given; a star stands for anything', () => {
  board.set({ fault: 'bad', match: { path: '/files/*/cover.pdf', item: '1' } });
  expect(board.strikeFirst(subject('/files/9/1/cover.pdf'), always)).toBe('bad');
  expect(board.strikeFirst(subject('/files/9/1/coverXpdf'), always)).toBeUndefined();
  expect(board.strikeFirst(subject('/files/9/1/book.pdf'), always)).toBeUndefined();
  expect(board.strikeFirst(subject('/files/9/2/cover.pdf', '2'), always)).toBeUndefined();
});

test('a fault that does not fit the request is left for the next', () => {
  const knob = board.set({ fault: 'bad', times: 1 });
  expect(board.strikeAll(subject('/a'), (fault) => fault !== 'bad')).toEqual([]);
  expect(knob.strikes).toBe(0);
  expect(board.strikeAll(subject('/a'), always)).toEqual(['bad']);
});

test('all that are due strike together, or only the oldest', () => {
  board.set({ fault: 'one', times: 1 });
  board.set({ fault: 'two', times: 2 });
  expect(board.strikeAll(subject('/a'), always)).toEqual(['one', 'two']);
  expect(board.strikeFirst(subject('/a'), always)).toBe('two');
  expect(board.list().map(({ strikes }) => strikes)).toEqual([1, 2]);
  board.clear();
  expect(board.list()).toEqual([]);
});

test('by chance it strikes some of the time, the same times for the same seed', () => {
  const strikesOf = (seed: number) => {
    const seeded = createKnobBoard<Field, string>(['path'], seed);
    seeded.set({ fault: 'bad', chance: 0.3 });
    return Array.from({ length: 200 }, () => seeded.strikeFirst(subject('/a'), always) !== undefined);
  };
  const count = strikesOf(1).filter(Boolean).length;
  expect(count).toBeGreaterThan(30);
  expect(count).toBeLessThan(90);
  expect(strikesOf(1)).toEqual(strikesOf(1));
  expect(strikesOf(1)).not.toEqual(strikesOf(2));
});
