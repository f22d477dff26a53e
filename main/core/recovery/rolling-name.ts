export const dayMs = 86_400_000;

export const rollingName = /^platen-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.db$/;

/** A moment as it stands in names of files: `20260105-080000`, UTC. */
export const stampOf = (atMs: number): string =>
  new Date(atMs).toISOString().replace(/[-:]/gu, '').replace('T', '-').slice(0, 15);

export const rollingNameAt = (atMs: number): string => `platen-${stampOf(atMs)}.db`;

/** When the rolling backup of this name was made; to go by the file's own time would trust whoever copied it last. */
export const madeAtMs = (name: string): number => Date.parse(name.replace(rollingName, '$1-$2-$3T$4:$5:$6Z'));
