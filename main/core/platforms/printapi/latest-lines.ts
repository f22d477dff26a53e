import type { JobState } from '../../../contract/values.ts';
import { wallTimeMs } from '../wall-time.ts';
import { stateOf } from './map.ts';
import type { WireLine } from './schema.ts';

/** An order goes this way only. It decides before the time does, which says little in the hour that comes twice. */
const progress: Readonly<Partial<Record<JobState, number>>> = { waiting: 0, working: 1, done: 2, cancelled: 2 };

const progressOf = ({ status }: WireLine): number => progress[stateOf(status)] ?? 1;

const isLater = (line: WireLine, known: WireLine, timeZone: string): boolean => {
  if (progressOf(line) !== progressOf(known)) return progressOf(line) > progressOf(known);
  const knownAtMs = wallTimeMs(known.dateTime, timeZone);
  return knownAtMs === null || (wallTimeMs(line.dateTime, timeZone) ?? knownAtMs) >= knownAtMs;
};

/** Of several status updates of an order its last, in whatever order they came. */
export const latestLines = (lines: readonly WireLine[], timeZone: string): readonly WireLine[] => {
  const latest = new Map<string, WireLine>();
  for (const line of lines) {
    const known = latest.get(line.id);
    if (known === undefined || isLater(line, known, timeZone)) latest.set(line.id, line);
  }
  return [...latest.values()];
};
