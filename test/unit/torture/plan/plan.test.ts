import { expect, it } from 'vitest';
import { killAims, killSteps, networkFaults, troubleSteps, workSteps } from '../../../torture/plan/plan.ts';

const first = <Step>(steps: Iterator<Step>, count: number): readonly Step[] =>
  Array.from({ length: count }, () => steps.next().value);

const planOf = (seed: number) => [
  first(killSteps(seed), 100),
  first(troubleSteps(seed), 100),
  first(workSteps(seed), 100),
];

it('the same seed gives the same plan, and another seed another', () => {
  expect(planOf(7)).toEqual(planOf(7));
  expect(planOf(8)).not.toEqual(planOf(7));
});

it('a long plan has every kind of kill, of fault and of work in it', () => {
  const aims = new Set(first(killSteps(1), 500).map(({ aim }) => aim));
  expect([...aims].toSorted()).toEqual([...killAims].toSorted());
  const troubles = first(troubleSteps(1), 2_000).map(({ trouble }) => trouble);
  expect(new Set(troubles.map(({ kind }) => kind)).size).toBe(5);
  const faults = new Set(troubles.flatMap((trouble) => (trouble.kind === 'network' ? [trouble.fault] : [])));
  expect([...faults].toSorted()).toEqual([...networkFaults].toSorted());
  expect(new Set(first(workSteps(1), 500).map(({ work }) => work)).size).toBe(6);
});
