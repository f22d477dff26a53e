const AMSTERDAM = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Amsterdam',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const TICK_DIGITS = 7;

/**
 * The time as Print API writes it: Dutch local time without an offset, with 0 to 7 digits after the second.
 * `ticks` (0 to 9999) are the tenths of a microsecond beyond the millisecond.
 */
export function localTime(atMs: number, ticks = 0): string {
  const fraction = `${pad(atMs % 1000, 3)}${pad(ticks, 4)}`.replace(/0+$/, '');
  return fraction === '' ? secondText(atMs) : `${secondText(atMs)}.${fraction}`;
}

/** Equal in order to the times themselves, but for the hour that comes twice in autumn. Null when it is no local time. */
export function sortableTime(text: string): string | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?$/.exec(text);
  if (match === null || Number.isNaN(Date.parse(match[1] ?? ''))) return null;
  const [, date, minute = '00:00', second = '00', fraction = ''] = match;
  return `${date}T${minute}:${second}.${fraction.padEnd(TICK_DIGITS, '0')}`;
}

function secondText(atMs: number): string {
  const parts = Object.fromEntries(AMSTERDAM.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, minute, second } = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

const pad = (value: number, digits: number) => String(value).padStart(digits, '0');
