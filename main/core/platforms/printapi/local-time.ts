import { offsetMs } from '../wall-time.ts';

/**
 * A past moment as `since`: what the zone's clocks showed, to the second and without an offset. When the clocks went back
 * between then and now it is what they would have shown after that, since times of the hour that came twice are earlier.
 */
export const sinceText = (sinceMs: number, nowMs: number, timeZone: string): string => {
  const wallMs = sinceMs + Math.min(offsetMs(sinceMs, timeZone), offsetMs(nowMs, timeZone));
  return new Date(wallMs).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
};
