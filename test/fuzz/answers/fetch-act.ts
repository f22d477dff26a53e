import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Resolver } from '../../../main/core/downloads/address-guard.ts';
import { Bandwidth, createBandwidthCell } from '../../../main/core/downloads/bandwidth.ts';
import { FileStructures } from '../../../main/core/downloads/file-structure.ts';
import { SourceClient } from '../../../main/core/downloads/source-stream.ts';
import { runTransfer } from '../../../main/core/downloads/transfer.ts';
import { partPathOf, type TransferOutcome } from '../../../main/core/downloads/transfer-protocol.ts';
import { insist } from '../fuzz-target.ts';
import { type Act, type ActOutcome, nothing } from './acts.ts';
import { sceneNowMs } from './scene.ts';

/** A file that the platform has. */
export interface FileToFetch {
  readonly path: string;
  readonly bytes: number;
  /** Null where the platform does not tell it. */
  readonly md5: string | null;
}

const settings = z.object({ signalUrl: z.url() });
const timeouts = { connectMs: 10_000, responseMs: 10_000, stallMs: 10_000 };

/** A redirect leads to nobody but the loopback. */
const noNames: Resolver = (_hostname, answer) =>
  answer(Object.assign(new Error('there are no names here'), { code: 'ENOTFOUND' }), []);

const outcomeOf = (outcome: TransferOutcome): ActOutcome => {
  switch (outcome.kind) {
    case 'done':
      return nothing;
    case 'failed':
      return { ...nothing, well: false, failures: [outcome.failure], cursor: outcome.left.validator };
    case 'addressRefused':
      return { ...nothing, well: false, lines: [outcome.message] };
    case 'broken':
      return { ...nothing, well: false, lines: [outcome.problem] };
    case 'mismatch':
    case 'cancelled':
      return { ...nothing, well: false };
  }
};

/** Fetches a file of the platform as the station does, and goes on where an answer was cut off. */
export const fetchFile = (file: FileToFetch, folder: string): Act => ({
  name: `fetch ${file.path}`,
  async perform({ way }, validator) {
    const finalPath = join(folder, 'fetched', file.path);
    await rm(finalPath, { force: true });
    if (validator === null) await rm(partPathOf(finalPath), { force: true });
    const client = new SourceClient(noNames);
    try {
      const outcome = await runTransfer(
        {
          url: new URL(file.path, settings.parse(way.settings).signalUrl).href,
          allowPrivateAddresses: true,
          finalPath,
          expectedBytes: file.bytes,
          expectedMd5: file.md5,
          format: 'pdf',
          validator,
          headers: { authorization: `Bearer ${way.secret('signalKey') ?? ''}` },
          timeouts,
        },
        {
          client,
          bandwidth: new Bandwidth(createBandwidthCell()),
          structures: new FileStructures(),
          signal: way.abort,
          nowMs: () => sceneNowMs,
          report: () => undefined,
        },
      );
      if (outcome.kind === 'done' && file.md5 !== null) {
        const md5 = createHash('md5')
          .update(await readFile(finalPath))
          .digest('hex');
        insist(md5 === file.md5, 'a file that is another one');
      }
      return outcomeOf(outcome);
    } finally {
      client.close();
    }
  },
});
