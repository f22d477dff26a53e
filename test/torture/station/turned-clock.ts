import { z } from 'zod';
import { type Clock, systemClock } from '../../../main/core/ports/clock.ts';

/** How a clock goes: from one moment of the wall's on, so much faster, and set wrong by an offset. */
export const clockCourse = z.object({
  startMs: z.number(),
  speed: z.number().min(1),
  offsetMs: z.number(),
});
export type ClockCourse = z.infer<typeof clockCourse>;

/** The time that a clock of this course shows now. */
export const timeOf = ({ startMs, speed, offsetMs }: ClockCourse): number =>
  Math.floor(startMs + (Date.now() - startMs) * speed + offsetMs);

/**
 * A clock whose course can be set anew at any moment. As with the system's own, timers that are set already go on by
 * the time that passes, whatever somebody sets the clock to.
 */
export const createTurnedClock = (course: () => ClockCourse): Clock => ({
  nowMs: () => timeOf(course()),
  elapsedMs: () => systemClock.elapsedMs() * course().speed,
  at: (atMs, task) => {
    const remainingMs = Math.max(0, atMs - timeOf(course()));
    return systemClock.at(Date.now() + Math.ceil(remainingMs / course().speed), task);
  },
});
