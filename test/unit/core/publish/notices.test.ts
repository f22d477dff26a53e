import { describe, expect, it } from 'vitest';
import { refreshChannelAlarms } from '../../../../main/core/publish/channel-alarms.ts';
import { type NewNotice, NoticeBoard } from '../../../../main/core/publish/notices.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const notice = (subject: string, text = `about ${subject}`): NewNotice => ({
  level: 'alarm',
  code: 'test',
  subject,
  detail: {},
  text,
});

const openBoard = () => {
  let changes = 0;
  const board = new NoticeBoard(createFakeClock(), () => {
    changes += 1;
  });
  return { board, changes: () => changes };
};

describe('a notice', () => {
  it('is one for each subject, however often it is raised', () => {
    const { board, changes } = openBoard();
    for (let time = 0; time < 5; time += 1) board.raise(notice('a'));
    board.raise(notice('b'));
    expect(board.list().map(({ text }) => text)).toEqual(['about a', 'about b']);
    expect(changes()).toBe(2);
  });

  it('with news takes the place of the old one', () => {
    const { board } = openBoard();
    board.raise(notice('a'));
    board.raise(notice('b'));
    board.raise(notice('a', 'worse'));
    expect(board.list().map(({ text }) => text)).toEqual(['about b', 'worse']);
  });

  it('goes when its reason is gone, or when a person has read it', () => {
    const { board, changes } = openBoard();
    board.raise(notice('a'));
    board.raise(notice('b'));
    board.clear('test', 'a');
    board.clear('test', 'never there');
    const [left] = board.list();
    expect(board.dismiss(left?.id ?? 0)).toBe(true);
    expect(board.dismiss(left?.id ?? 0)).toBe(false);
    expect(board.list()).toEqual([]);
    expect(changes()).toBe(4);
  });

  it('does not pile up without end: the oldest goes first', () => {
    const { board } = openBoard();
    for (let number = 1; number <= 60; number += 1) board.raise(notice(String(number)));
    expect(board.list()).toHaveLength(50);
    expect(board.list()[0]?.text).toBe('about 11');
  });
});

describe('the alarm of a channel', () => {
  it('is raised once and taken back when the channel is open again', async () => {
    const { store } = await openTestStore();
    const { board, changes } = openBoard();
    await connectTo(store);
    const set = async (state: 'alarm' | 'open' | 'waiting', problem: string | null) => {
      await store.write(({ db }) => db.updateTable('channels').set({ state, problem }).execute());
      await refreshChannelAlarms(store, board, new Set(['shop']));
    };
    await set('waiting', 'no network');
    expect(board.list()).toEqual([]);
    await set('alarm', 'wrong key');
    await set('alarm', 'wrong key');
    expect(board.list().map(({ text }) => text)).toEqual(['shop (signals) is stopped: wrong key']);
    expect(changes()).toBe(1);
    await set('open', null);
    expect(board.list()).toEqual([]);
  });
});
