import { expect, test } from 'vitest';
import type { JobView } from '../../../../../main/contract/job-view.ts';
import {
  canBeClosed,
  itemsOfJob,
  openCommandsOf,
  placesOfJobs,
} from '../../../../../renderer/features/order/job-places.ts';
import { jobMark } from '../../../../../renderer/ui/marks.ts';
import { sampleItem, sampleJob, sampleSignal } from '../../../../contract/stand-in/sample-views.ts';

const job = (id: number, changes: Partial<JobView> = {}): JobView => sampleJob({ id, ...changes });

test('a job stands at the first item that it makes, one without an item by itself', () => {
  const items = [
    sampleItem({ id: 11, jobId: 1 }),
    sampleItem({ id: 12, jobId: 1 }),
    sampleItem({ id: 13, jobId: 2 }),
    sampleItem({ id: 14, jobId: null }),
  ];
  const jobs = [job(1), job(2), job(3, { replacedBy: 2 })];
  const { atItem, others } = placesOfJobs({ jobs, items });
  expect([...atItem].map(([item, { id }]) => [item, id])).toEqual([
    [11, 1],
    [13, 2],
  ]);
  expect(others.map(({ id }) => id)).toEqual([3]);
  expect(itemsOfJob(job(1), items).map(({ id }) => id)).toEqual([11, 12]);
});

test('of the commands about a job those are shown that are not done with', () => {
  const signals = [
    sampleSignal({ id: 1, kind: 'produce', job: 1, state: 'maybe' }),
    sampleSignal({ id: 2, kind: 'produce', job: 1, state: 'sent' }),
    sampleSignal({ id: 3, kind: 'restart', job: 1, state: 'problem', retriedAs: 4 }),
    sampleSignal({ id: 4, kind: 'restart', job: 1, state: 'waiting' }),
    sampleSignal({ id: 5, kind: 'resume', job: 2, state: 'queued' }),
    sampleSignal({ id: 6, kind: 'produced', job: null, state: 'problem' }),
  ];
  expect(openCommandsOf(job(1), [sampleItem({ signals })]).map(({ id }) => id)).toEqual([1, 4]);
});

test('an outsourced item can be closed once its job has ended or is in trouble', () => {
  const item = sampleItem({ jobId: 1 });
  expect(canBeClosed(item, [job(1, { state: 'working', final: false, problem: null })])).toBe(false);
  expect(canBeClosed(item, [job(1, { state: 'waiting', final: false, problem: 'a file is missing' })])).toBe(true);
  expect(canBeClosed(item, [job(1, { state: 'cancelled', final: true, problem: null })])).toBe(true);
});

test('a problem counts more than the state of a job, and a replaced job troubles nobody', () => {
  expect(jobMark(job(1, { state: 'done', problem: null }))).toBe('done');
  expect(jobMark(job(1, { state: 'done', problem: 'no file' }))).toBe('attention');
  expect(jobMark(job(1, { state: 'failed', problem: 'no font', replacedBy: 2 }))).toBe('ended');
});
