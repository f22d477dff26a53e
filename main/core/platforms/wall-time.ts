const written = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;

const dayMs = 86_400_000;

/** Making one is slow, so each zone in use keeps its own. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
};

/** What the zone's clocks show beyond UTC at this moment. */
export const offsetMs = (atMs: number, timeZone: string): number => {
  const shown = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
};

/** The moment at which the zone's clocks show this; the earlier of two, and after a gap by as much as the gap took. */
const inZone = (wallMs: number, timeZone: string): number => {
  if (timeZone === 'UTC') return wallMs;
  const before = offsetMs(wallMs - dayMs, timeZone);
  const after = offsetMs(wallMs + dayMs, timeZone);
  const candidates = [wallMs - before, wallMs - after].filter((atMs) => atMs + offsetMs(atMs, timeZone) === wallMs);
  return candidates.length === 0 ? wallMs - before : Math.min(...candidates);
};

const namedOffsetMs = (zone: string): number => {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
};

export const isTimeZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/**
 * Reads `YYYY-MM-DD HH:MM:SS`, also with a T in it and with a fraction of the second. Where a platform names no zone, the
 * connection does; a zone that the text names itself wins. Null when it is no such date.
 */
export const wallTimeMs = (text: string, timeZone: string): number | null => {
  const match = written.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone] = match;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const wallMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  // 30 February would roll over to March; the way back shows it.
  if (Number.isNaN(wallMs) || new Date(wallMs).toISOString().slice(8, 10) !== day) return null;
  return zone === undefined ? inZone(wallMs, timeZone) : wallMs - namedOffsetMs(zone);
};
