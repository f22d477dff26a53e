import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';

/** Something that takes in what others wrote. It opens what it needs below `folder`, which is removed afterwards. */
export interface FuzzTarget {
  readonly name: string;
  /** Inputs for a run of `npm test`, where every second is shared. */
  readonly runsInTests: number;
  open(folder: string): Promise<OpenTarget>;
}

export interface OpenTarget {
  fuzz(plan: FuzzPlan): Promise<FuzzOutcome>;
  close(): Promise<void>;
}

export interface FuzzPlan {
  readonly seed: number;
  readonly runs: number;
  /** Null: until all runs are done. */
  readonly forMs: number | null;
  /** An input that takes longer each of three times is a failure; null: nothing is timed. */
  readonly longestMs: number | null;
  /** Told before each input. */
  readonly onInput?: () => void;
}

export interface FuzzOutcome {
  readonly inputs: number;
  readonly slowestMs: number;
  /** The smallest input that failed, and how. */
  readonly failure: string | null;
}

const tries = 3;

/** By the wall or the processor's clock, whichever says less: on a busy machine the wall's measures the others. */
const timed = async (work: () => Promise<void> | void): Promise<number> => {
  const startedAt = performance.now();
  const usedBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(usedBefore);
  return Math.min(performance.now() - startedAt, (user + system) / 1_000);
};

/** The best of three: a collection of garbage makes an input slow once, a bad program each time. */
const bestMs = async (firstMs: number, longestMs: number, work: () => Promise<void> | void): Promise<number> => {
  let best = firstMs;
  for (let number = 1; number < tries && best > longestMs; number += 1) best = Math.min(best, await timed(work));
  return best;
};

const shownCharacters = 3_000;

/** Bytes as text, and of a long input its beginning. */
const shown = (input: unknown): string =>
  JSON.stringify(input, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data)
      ? Buffer.from(value.data).toString('latin1')
      : value,
  ).slice(0, shownCharacters);

interface Taken {
  readonly input: unknown;
  readonly taken: Promise<void>;
}

const failureOf = async (last: Taken | null): Promise<{ readonly error: unknown; readonly input: unknown } | null> => {
  try {
    await last?.taken;
    return null;
  } catch (error) {
    return { error, input: last?.input };
  }
};

/** What feeds these inputs one by one; `feed` throws when what must hold does not. */
export const openFuzz = <Input>(
  inputs: fc.Arbitrary<Input>,
  feed: (input: Input) => Promise<void> | void,
  close: () => Promise<void> = async () => undefined,
): OpenTarget => ({
  close,
  async fuzz({ seed, runs, forMs, longestMs, onInput }) {
    let fed = 0;
    let slowestMs = 0;
    const take = async (input: Input): Promise<void> => {
      const firstMs = await timed(() => feed(input));
      if (longestMs === null) return;
      const tookMs = await bestMs(firstMs, longestMs, () => feed(input));
      slowestMs = Math.max(slowestMs, tookMs);
      if (tookMs > longestMs) throw new Error(`took ${Math.round(tookMs)} ms`);
    };
    let last: Taken | null = null;
    const property = fc.asyncProperty(inputs, (input) => {
      onInput?.();
      fed += 1;
      last = { input, taken: take(input) };
      return last.taken;
    });
    const details = await fc.check(property, {
      seed,
      numRuns: runs,
      ...(forMs === null ? {} : { interruptAfterTimeLimit: forMs }),
    });
    // The end of the time leaves an input alone that is just being taken, and it may be the one that takes for ever.
    const late = await failureOf(last);
    // What was left behind unhandled shows now.
    await delay(0);
    // Where the time is over before the first input is done, there is none that failed.
    const failed = details.failed && details.counterexample !== null;
    const failure = failed ? { error: details.errorInstance, input: details.counterexample } : late;
    if (failure === null) return { inputs: fed, slowestMs, failure: null };
    const error = failure.error instanceof Error ? (failure.error.stack ?? '') : '';
    return { inputs: fed, slowestMs, failure: `${error}\nseed ${seed}, input ${shown(failure.input)}` };
  },
});

/** Fails the input when something does not hold. */
export const insist = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};
