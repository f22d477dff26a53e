/** A span of time in the form that fits its length: the shorter, the finer. */
export type DurationWords =
  | { readonly kind: 'clock'; readonly text: string }
  | { readonly kind: 'hours'; readonly hours: number; readonly minutes: number }
  | { readonly kind: 'days'; readonly days: number; readonly hours: number };

const hourSeconds = 3_600;
const daySeconds = 86_400;

/** Below an hour `0:12` (minutes and seconds), below two days hours and minutes, then days and hours. Negative spans count as zero. */
export const durationWords = (durationMs: number): DurationWords => {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  if (seconds < hourSeconds) {
    return { kind: 'clock', text: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` };
  }
  if (seconds < 2 * daySeconds) {
    return {
      kind: 'hours',
      hours: Math.floor(seconds / hourSeconds),
      minutes: Math.floor((seconds % hourSeconds) / 60),
    };
  }
  return {
    kind: 'days',
    days: Math.floor(seconds / daySeconds),
    hours: Math.floor((seconds % daySeconds) / hourSeconds),
  };
};

/** How near a moment is that something must happen by. */
export type Urgency = 'calm' | 'soon' | 'late';

/** `soon` begins `soonMs` before the moment, `late` with it. */
export const urgencyOf = (dueMs: number, nowMs: number, soonMs: number): Urgency => {
  if (nowMs >= dueMs) return 'late';
  return dueMs - nowMs <= soonMs ? 'soon' : 'calm';
};
