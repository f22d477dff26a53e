import type { ClockReading } from '../ports/clock.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A leap is believed when the station has run with it for so long. */
const settledAfterMs = dayMs;
/** What a system corrects by itself is no leap. */
const toleranceMs = 5 * 60_000;
/** A station may have been off for so long: a weekend, or a few holidays. */
const believedOffMs = 7 * dayMs;

/** A step of the clock that the time which passed does not explain: ahead when positive, back when negative. */
export interface ClockLeap {
  readonly byMs: number;
  readonly atRanMs: number;
}

/** What the station knows of its clock. */
export interface ClockRecord {
  /** What it showed last. */
  readonly reading: ClockReading;
  /** How long the station has run, all its runs together. */
  readonly ranMs: number;
  /** Leaps that are not believed yet, in their order; all in one direction. */
  readonly leaps: readonly ClockLeap[];
}

/** A leap that takes back an earlier one makes both undone: the clock is where it was. */
const withLeap = (leaps: readonly ClockLeap[], leap: ClockLeap): readonly ClockLeap[] => {
  const last = leaps.at(-1);
  if (last === undefined || Math.sign(last.byMs) === Math.sign(leap.byMs)) return [...leaps, leap];
  const byMs = last.byMs + leap.byMs;
  const earlier = leaps.slice(0, -1);
  if (Math.abs(byMs) <= toleranceMs) return earlier;
  return Math.sign(byMs) === Math.sign(last.byMs)
    ? [...earlier, { byMs, atRanMs: last.atRanMs }]
    : withLeap(earlier, { byMs, atRanMs: leap.atRanMs });
};

const noted = (record: ClockRecord, reading: ClockReading, ranMs: number, leapMs: number): ClockRecord => {
  const open = record.leaps.filter(({ atRanMs }) => ranMs - atRanMs < settledAfterMs);
  const leaps = Math.abs(leapMs) <= toleranceMs ? open : withLeap(open, { byMs: leapMs, atRanMs: ranMs });
  return { reading, ranMs, leaps };
};

/** The station has looked at its clock again. A machine that slept may seem to have leapt: that waits a day, too. */
export const lookedAgain = (record: ClockRecord, reading: ClockReading): ClockRecord => {
  const passedMs = reading.elapsedMs - record.reading.elapsedMs;
  const leapMs = reading.nowMs - record.reading.nowMs - passedMs;
  return noted(record, reading, record.ranMs + passedMs, leapMs);
};

/**
 * The station looks for the first time in this run. The machine may have been off meanwhile, so nobody can tell how much
 * time has passed; only that it was not less than the machine has been on.
 */
export const lookedAfterStart = (record: ClockRecord, reading: ClockReading): ClockRecord => {
  const { nowMs, elapsedMs } = record.reading;
  const passedMs = reading.elapsedMs >= elapsedMs ? reading.elapsedMs - elapsedMs : reading.elapsedMs;
  const offMs = reading.nowMs - nowMs - passedMs;
  return noted(record, reading, record.ranMs, offMs > 0 && offMs <= believedOffMs ? 0 : offMs);
};

/** How much the clock may be ahead. */
export const perhapsAheadMs = ({ leaps }: ClockRecord): number =>
  Math.max(
    0,
    leaps.reduce((sum, { byMs }) => sum + byMs, 0),
  );

/** How long the station has to run until all leaps are believed. */
export const believedInMs = ({ leaps, ranMs }: ClockRecord): number =>
  Math.max(0, ...leaps.map(({ atRanMs }) => atRanMs + settledAfterMs - ranMs));
