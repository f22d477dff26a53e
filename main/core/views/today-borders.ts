import { offsetMs, wallTimeMs } from '../platforms/wall-time.ts';

const hourMs = 3_600_000;

/** A day as the clocks of a time zone have it; `untilMs` is where the next one begins. */
export interface DayBorders {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface DayHour {
  readonly fromMs: number;
  /** What the clock on the wall shows as it begins: `02:00` comes twice when the clocks go back. */
  readonly clock: string;
}

/** What the zone's clocks show, as `YYYY-MM-DDTHH:MM`. */
const onTheWall = (atMs: number, timeZone: string): string =>
  new Date(atMs + offsetMs(atMs, timeZone)).toISOString().slice(0, 16);

/** The day that it is in the zone. */
export const dayAt = (atMs: number, timeZone: string): string => onTheWall(atMs, timeZone).slice(0, 10);

const dayAfter = (day: string): string => {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
};

/** Null when there is no such day. The zone must be one. */
export const bordersOf = (day: string, timeZone: string): DayBorders | null => {
  const fromMs = wallTimeMs(`${day} 00:00`, timeZone);
  const untilMs = fromMs === null ? null : wallTimeMs(`${dayAfter(day)} 00:00`, timeZone);
  return fromMs === null || untilMs === null ? null : { day, fromMs, untilMs };
};

/** Every hour that passes in the day: 24 of them, or 23 or 25 where the clocks change. */
export const hoursOf = ({ fromMs, untilMs }: DayBorders, timeZone: string): readonly DayHour[] =>
  Array.from({ length: Math.ceil((untilMs - fromMs) / hourMs) }, (_, hour) => {
    const startMs = fromMs + hour * hourMs;
    return { fromMs: startMs, clock: onTheWall(startMs, timeZone).slice(11) };
  });
