/** Where a hand-over is killed, in the order in which it happens. */
export const crashPoints = [
  'before the copy',
  'in the middle of the copy',
  'after the copy',
  'after the intent is committed',
  'after the rename',
  'after the result is committed',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** Says that the station runs; the process is killed from outside. */
export const readyLine = 'running';
