import type { ReconciliationView } from '../contract/connections.ts';
import type { JobView } from '../contract/job-view.ts';
import { commandKinds, type HandoverState, type OutboxKind, type OutboxState, type Stage } from '../contract/values.ts';

/** The contract's names as a person reads them; those that are plain words already stand for themselves. */
const stageWords: Readonly<Record<Stage, string>> = {
  received: 'received',
  registered: 'registered',
  fetching: 'fetching',
  printReady: 'print-ready',
  handedOver: 'handed over',
  pickedUp: 'picked up',
  produced: 'produced',
  packed: 'packed',
  shipped: 'shipped',
  cancelled: 'cancelled',
};
export const stageWord = (stage: Stage): string => stageWords[stage];

const handoverWords: Readonly<Record<HandoverState, string>> = {
  intended: 'about to go',
  copying: 'copying',
  sent: 'in the folder',
  pickedUp: 'picked up',
  maybeSent: 'maybe sent',
  waiting: 'waiting',
  problem: 'problem',
  undone: 'taken back',
};
export const handoverWord = (state: HandoverState): string => handoverWords[state];

const outboxWords: Readonly<Record<OutboxKind, string>> = {
  registered: 'registered',
  started: 'production started',
  produced: 'produced',
  packed: 'packed',
  shipped: 'shipped',
  error: 'error',
  cancel: 'cancelled',
  produce: 'produce',
  renderAgain: 'render again',
  resume: 'resume',
  restart: 'restart',
  tagDone: 'tag as done',
};
export const outboxWord = (kind: OutboxKind): string => outboxWords[kind];

/** What a row of the outbox is: `signal` or `command`. */
export const outboxNoun = (kind: OutboxKind): string =>
  commandKinds.some((command) => command === kind) ? 'command' : 'signal';

export const outboxStateWord = (state: OutboxState): string => (state === 'maybe' ? 'maybe, a person decides' : state);

/** The state of a job, with the platform's own word for it where that says something else. */
export const jobStatusWord = ({ state, statusText }: Pick<JobView, 'state' | 'statusText'>): string =>
  statusText === '' || statusText.toLowerCase() === state ? state : `${state} (${statusText})`;

/** `214 there, 214 here`, and what came of the comparison. */
export const reconciliationWord = (found: Omit<ReconciliationView, 'at' | 'reason'>): string =>
  `${found.there} there, ${found.here} here` +
  (found.missing > 0 ? `, ${found.missing} taken in` : '') +
  (found.ended > 0 ? `, ${found.ended} had ended` : '');

/** `bookBlock` as `book block`. */
export const spaced = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`);

/** A size in decimal units, as disks and platforms state it. */
export const sizeWord = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[step]}`;
};

/** A moment in local time, to the minute; `-` for none. */
export const momentWord = (moment: string | null): string => {
  if (moment === null) return '-';
  const at = new Date(moment);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
};

/** A length of time in its two largest units: `2 d 4 h`, `3 min 20 s`, `45 s`. */
export const durationWord = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
};

/** How far a moment is: `in 4 min 10 s`, `12 s ago`; `-` for none. */
export const distanceWord = (moment: string | null, nowMs: number): string => {
  if (moment === null) return '-';
  const seconds = (Date.parse(moment) - nowMs) / 1000;
  return seconds >= 0 ? `in ${durationWord(seconds)}` : `${durationWord(-seconds)} ago`;
};

/** `1 order`, `2 orders`. */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`;
