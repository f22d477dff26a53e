export const dayMs = 86_400_000;

/** A backup that the station made by itself. To go by the file's own time would trust whoever copied it last. */
export const rollingName = /^platen-\d{8}-\d{6}\.db$/;

/** A moment as it stands in names of files: `20260105-080000`, UTC. */
export const stampOf = (atMs: number): string =>
  new Date(atMs).toISOString().replace(/[-:]/gu, '').replace('T', '-').slice(0, 15);

export const rollingNameAt = (atMs: number): string => `platen-${stampOf(atMs)}.db`;

/** The moment that a name with a stamp in it says; NaN when there is none. */
export const momentOfStamp = (name: string): number => {
  const [, year, month, day, hour, minute, second] = /(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/u.exec(name) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};
