import { beforeEach, describe, expect, it } from 'vitest';
import type { TransferProgress } from '../../../../main/contract/files.ts';
import { ProgressBoard } from '../../../../main/core/downloads/progress.ts';
import { FakeClock } from './support/fake-clock.ts';

let clock: FakeClock;
let board: ProgressBoard;
let batches: (readonly TransferProgress[])[];
beforeEach(() => {
  clock = new FakeClock();
  board = new ProgressBoard(clock);
  batches = [];
  board.subscribe((transfers) => batches.push(transfers));
});

const begin = (fileId: number, host = 'files.example:443'): void =>
  board.begin({ fileId, host, attempt: 1, expectedBytes: 100_000 });
const note = (fileId: number, receivedBytes: number, phase: 'fetching' | 'verifying' = 'fetching'): void =>
  board.note(fileId, { phase, receivedBytes, totalBytes: 100_000, validator: null });
/** So many bytes a second, for so many seconds. */
const flow = (fileId: number, from: number, bytesPerSecond: number, seconds: number): number => {
  let bytes = from;
  for (let tenth = 0; tenth < seconds * 5; tenth += 1) {
    clock.turn(200);
    bytes += bytesPerSecond / 5;
    note(fileId, bytes);
  }
  return bytes;
};

describe('the progress of transfers', () => {
  it('says how fast it goes and how long it will take', () => {
    begin(1);
    note(1, 0);
    flow(1, 0, 10_000, 4);
    expect(board.running()).toEqual([
      {
        fileId: 1,
        receivedBytes: 40_000,
        expectedBytes: 100_000,
        bytesPerSecond: 10_000,
        secondsLeft: 6,
        attempt: 1,
        condition: 'moving',
      },
    ]);
  });

  it('tells of all transfers together, at most five times a second, and of the end', () => {
    begin(1);
    begin(2);
    for (let millisecond = 0; millisecond < 1000; millisecond += 1) {
      note(1, millisecond);
      note(2, millisecond);
      clock.turn(1);
    }
    expect(batches).toHaveLength(5);
    expect(batches.every((batch) => batch.length === 2)).toBe(true);
    board.end(1, null);
    board.end(2, null);
    clock.turn(1000);
    clock.turn(1000);
    expect(batches.slice(5)).toEqual([[]]);
  });

  it('calls a transfer stalled when no byte has come for ten seconds', () => {
    begin(1);
    note(1, 10);
    clock.turn(9_999);
    expect(board.running()[0]?.condition).toBe('moving');
    clock.turn(1);
    expect(board.running()[0]).toMatchObject({ condition: 'stalled', bytesPerSecond: 0, secondsLeft: null });
    note(1, 11);
    expect(board.running()[0]?.condition).toBe('moving');
  });

  it('calls a transfer slow below a tenth of what its host usually gives', () => {
    begin(1);
    flow(1, 0, 20_000, 5);
    board.end(1, 100_000);
    begin(2);
    note(2, 0);
    const bytes = flow(2, 0, 1_000, 5);
    expect(board.running()[0]?.condition).toBe('slow');
    flow(2, bytes, 5_000, 5);
    expect(board.running()[0]?.condition).toBe('moving');
    begin(3, 'other.example:443');
    note(3, 0);
    flow(3, 0, 1_000, 5);
    expect(board.running().find((transfer) => transfer.fileId === 3)?.condition).toBe('moving');
  });

  it('says verifying while the file is hashed or brought to the disk', () => {
    begin(1);
    note(1, 100_000, 'verifying');
    clock.turn(60_000);
    expect(board.running()[0]?.condition).toBe('verifying');
  });

  it('measures anew when a transfer starts over', () => {
    begin(1);
    note(1, 90_000);
    clock.turn(1_000);
    note(1, 0);
    expect(board.running()[0]).toMatchObject({ receivedBytes: 0, bytesPerSecond: 0 });
  });
});
