import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** These take as long as they take, on any machine: begun last, they would keep the others' cores waiting. */
const byTheClock = [
  /scenario\/torture\.test\.ts$/,
  /scenario\/(long-outage|recovery)\.test\.ts$/,
  /e2e\//,
  /scenario\//,
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = byTheClock.findIndex((pattern) => pattern.test(moduleId));
  return rank === -1 ? byTheClock.length : rank;
};

/** Begins with the tests that take longest: a clean clone knows of none how long it took. */
export class SlowFirst extends BaseSequencer {
  override async sort(all: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(all);
    return sorted.toSorted((left, right) => rankOf(left) - rankOf(right));
  }
}
