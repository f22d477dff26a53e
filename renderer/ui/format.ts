const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

const scaled = (value: number): { readonly value: number; readonly unit: (typeof byteUnits)[number] } => {
  let index = 0;
  let rest = value;
  while (rest >= 1000 && index < byteUnits.length - 1) {
    rest /= 1000;
    index += 1;
  }
  return { value: rest, unit: byteUnits[index] ?? 'byte' };
};

/** `12.4 MB`: decimal units, three significant digits. */
export const formatBytes = (bytes: number, locale: string): string => {
  const { value, unit } = scaled(bytes);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(value);
};

/** `1.9 MB/s`. */
export const formatSpeed = (bytesPerSecond: number, locale: string): string => {
  const { value, unit } = scaled(Math.max(bytesPerSecond, 0));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: `${unit}-per-second`,
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  }).format(value);
};

/** Kept, as making one takes far longer than using it, and a list has many counts. */
const countFormats = new Map<string, Intl.NumberFormat>();

export const formatCount = (count: number, locale: string): string => {
  const format = countFormats.get(locale) ?? new Intl.NumberFormat(locale);
  countFormats.set(locale, format);
  return format.format(count);
};

/** A share between 0 and 1 as `71%`; never 100% before it is whole. */
export const formatShare = (share: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0, roundingMode: 'floor' }).format(
    Math.min(1, Math.max(0, share)),
  );

const weekMs = 6 * 24 * 3_600_000;

/** `14:02` today, `Wed 14:02` within a week of now, else `12 Mar 14:02` (with the year when it is another one). */
export const formatMoment = (moment: string | number, now: number, locale: string): string => {
  const date = new Date(moment);
  const today = new Date(now);
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  if (date.toDateString() === today.toDateString()) return new Intl.DateTimeFormat(locale, time).format(date);
  if (Math.abs(date.getTime() - now) < weekMs) {
    return new Intl.DateTimeFormat(locale, { weekday: 'short', ...time }).format(date);
  }
  const year = date.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year, ...time }).format(date);
};

/** `14:02:07`, for lines where seconds tell the order of things. */
export const formatClock = (moment: string | number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(
    new Date(moment),
  );
