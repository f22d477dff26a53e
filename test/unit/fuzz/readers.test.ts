import { expect, it } from 'vitest';
import type { FuzzTarget } from '../../fuzz/fuzz-target.ts';
import { configFiles } from '../../fuzz/targets/config-files.ts';
import { messages } from '../../fuzz/targets/messages.ts';
import { orderDocuments } from '../../fuzz/targets/order-documents.ts';
import { safeNames } from '../../fuzz/targets/safe-names.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it.each<FuzzTarget>([orderDocuments, messages, safeNames, configFiles])(
  '$name that somebody damaged are answered, and nothing breaks',
  async (target) => {
    const opened = await target.open(await temporaryFolder());
    const outcome = await opened.fuzz({ seed: 1, runs: target.runsInTests, forMs: null, longestMs: null });
    await opened.close();
    expect(outcome.failure).toBeNull();
  },
);
