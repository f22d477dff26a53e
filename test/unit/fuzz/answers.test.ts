import { expect, it } from 'vitest';
import { platformAnswers } from '../../fuzz/targets/platform-answers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('answers of platforms that were damaged on their way are failures in one line, or are taken in and lose nothing', async () => {
  const opened = await platformAnswers.open(await temporaryFolder());
  const outcome = await opened.fuzz({ seed: 1, runs: platformAnswers.runsInTests, forMs: null, longestMs: null });
  await opened.close();
  expect(outcome.failure).toBeNull();
});
