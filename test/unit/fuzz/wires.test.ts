import { expect, it } from 'vitest';
import type { FuzzTarget } from '../../fuzz/fuzz-target.ts';
import { commandLines } from '../../fuzz/targets/command-lines.ts';
import { contractMessages } from '../../fuzz/targets/contract-messages.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it.each<FuzzTarget>([contractMessages, commandLines])(
  '$name of any kind are answered, and nothing breaks',
  async (target) => {
    const opened = await target.open(await temporaryFolder());
    const outcome = await opened.fuzz({ seed: 1, runs: target.runsInTests, forMs: null, longestMs: null });
    await opened.close();
    expect(outcome.failure).toBeNull();
  },
);
