import { describe, expect, it } from 'vitest';
import type { JobSpec } from '../../../../sandbox/printess/job-book.ts';
import { createPrintessSandbox } from '../../../../sandbox/printess/sandbox.ts';
import { known, printess, wayTo } from './printess-way.ts';

const filesOf = async (spec: Partial<JobSpec>, fault?: 'zipOnly') => {
  await using sandbox = await createPrintessSandbox({ renderMs: 0 });
  if (fault !== undefined) sandbox.jobKnobs.set({ fault: { kind: fault } });
  const job = sandbox.start({ templateName: 't', origin: 'WC', ...spec });
  const outcome = await printess.jobs.check(wayTo(sandbox), known(job));
  const [sighting] = outcome.kind === 'seen' ? outcome.sightings : [];
  const files = sighting?.files ?? [];
  for (const { url } of files) expect((await fetch(url)).status).toBe(200);
  return files.map(({ key, role, format }) => ({ key, role, format }));
};

describe('the files of a result', () => {
  it('are its documents, each by its name', async () => {
    const documents = [
      { name: 'cover', pageCount: 1 },
      { name: '../inside', pageCount: 4 },
    ];
    expect(await filesOf({ documents })).toEqual([
      { key: 'document cover', role: 'cover', format: 'pdf' },
      { key: 'document ../inside', role: '../inside', format: 'pdf' },
    ]);
  });

  it('are its pages, each by its document and its number from one', async () => {
    const documents = [
      { name: 'card', pageCount: 2 },
      { name: 'label', pageCount: 1 },
    ];
    expect(await filesOf({ documents, outputType: 'jpg' })).toEqual([
      { key: 'page 1 of card', role: 'card 1', format: 'jpg' },
      { key: 'page 1 of label', role: 'label', format: 'jpg' },
      { key: 'page 2 of card', role: 'card 2', format: 'jpg' },
    ]);
  });

  it('are the archive when it is all there is', async () => {
    expect(await filesOf({}, 'zipOnly')).toEqual([{ key: 'zip', role: 'documents', format: 'zip' }]);
  });
});
