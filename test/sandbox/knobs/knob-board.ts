import { seededRandom } from '../../../main/training/random/seeded-random.ts';

/** Text that a subject's field must equal; `*` stands for any run of characters. */
export type KnobMatch<Field extends string> = { readonly [F in Field]?: string | undefined };

/** A fault, what it strikes, and how often. Without `times` and `timesEach` it strikes always. */
export interface Knob<Field extends string, Fault> {
  readonly fault: Fault;
  /** Every field given must match; without it, everything matches. */
  readonly match?: KnobMatch<Field> | undefined;
  /** How many matching requests are let through first. */
  readonly after?: number | undefined;
  /** Strikes this many times, counted over all that match. */
  readonly times?: number | undefined;
  /** Strikes this many times for each subject (each file, each signal of an item), counted apart. */
  readonly timesEach?: number | undefined;
  /** Strikes only with this probability, from 0 to 1, of the times it otherwise would. Drawn from the board's seed. */
  readonly chance?: number | undefined;
}

export interface KnobHandle {
  readonly id: number;
  /** How often it struck so far. */
  readonly strikes: number;
  remove(): void;
}

export interface KnobState<Field extends string, Fault> {
  readonly id: number;
  readonly strikes: number;
  readonly knob: Knob<Field, Fault>;
}

/** The knobs of one kind of request. `Field` names what a request can be matched by. */
export interface KnobBoard<Field extends string, Fault> {
  set(knob: Knob<Field, Fault>): KnobHandle;
  clear(): void;
  list(): readonly KnobState<Field, Fault>[];
  /** The faults that strike this subject now, oldest knob first; each is counted. Faults that do not fit are left alone. */
  strikeAll(subject: Readonly<Record<Field, string>>, fits: (fault: Fault) => boolean): readonly Fault[];
  /** As `strikeAll`, but only the first knob due strikes and is counted. */
  strikeFirst(subject: Readonly<Record<Field, string>>, fits: (fault: Fault) => boolean): Fault | undefined;
}

interface Placed<Field extends string, Fault> {
  readonly id: number;
  readonly knob: Knob<Field, Fault>;
  readonly strikesBySubject: Map<string, number>;
  seen: number;
  strikes: number;
}

/** `subjectFields` are the fields that tell one subject from another for `timesEach`. */
export function createKnobBoard<Field extends string, Fault>(
  subjectFields: readonly Field[],
  seed: string | number = 1,
): KnobBoard<Field, Fault> {
  const placed = new Map<number, Placed<Field, Fault>>();
  const random = seededRandom(seed);
  let nextId = 1;

  /** Counts the request against the knob and says whether the fault strikes. */
  function strikes(entry: Placed<Field, Fault>, subject: Readonly<Record<Field, string>>): boolean {
    const { knob } = entry;
    if (!matches(knob.match, subject)) return false;
    entry.seen += 1;
    if (entry.seen <= (knob.after ?? 0)) return false;
    const key = subjectFields.map((field) => subject[field]).join('\n');
    const strikesHere = entry.strikesBySubject.get(key) ?? 0;
    if (entry.strikes >= (knob.times ?? Number.POSITIVE_INFINITY)) return false;
    if (strikesHere >= (knob.timesEach ?? Number.POSITIVE_INFINITY)) return false;
    if (knob.chance !== undefined && random.next() >= knob.chance) return false;
    entry.strikes += 1;
    entry.strikesBySubject.set(key, strikesHere + 1);
    return true;
  }

  return {
    set(knob) {
      const entry: Placed<Field, Fault> = { id: nextId, knob, strikesBySubject: new Map(), seen: 0, strikes: 0 };
      nextId += 1;
      placed.set(entry.id, entry);
      return {
        id: entry.id,
        get strikes() {
          return entry.strikes;
        },
        remove: () => {
          placed.delete(entry.id);
        },
      };
    },
    clear: () => placed.clear(),
    list: () => [...placed.values()].map(({ id, strikes: count, knob }) => ({ id, strikes: count, knob })),
    strikeAll: (subject, fits) =>
      [...placed.values()].filter((e) => fits(e.knob.fault) && strikes(e, subject)).map((e) => e.knob.fault),
    strikeFirst: (subject, fits) =>
      [...placed.values()].find((e) => fits(e.knob.fault) && strikes(e, subject))?.knob.fault,
  };
}

function matches<Field extends string>(
  match: KnobMatch<Field> | undefined,
  subject: Readonly<Record<Field, string>>,
): boolean {
  for (const field in match) {
    const wanted = match[field];
    if (wanted !== undefined && !matchesText(wanted, subject[field] ?? '')) return false;
  }
  return true;
}

function matchesText(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text;
  return new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(text);
}
