import { z } from 'zod';
import type { FileView } from '../contract/files.ts';
import type { Answer } from './answer.ts';
import { flag, oneOf, rowIdText } from './input-schemas.ts';
import { signalAnswer } from './outbox.ts';
import { stationCommand } from './station-command.ts';
import { counted } from './words.ts';

const retryInput = z
  .object({ what: oneOf(['file', 'outbox']).optional(), id: rowIdText.optional(), allProblems: flag })
  .transform(({ what, id, allProblems }, context) => {
    if (allProblems && what === undefined) return { kind: 'all' } as const;
    if (!allProblems && what !== undefined && id !== undefined) return { kind: what, id } as const;
    context.addIssue({ code: 'custom', path: [], message: 'say file ID, outbox ID, or --all-problems alone' });
    return z.NEVER;
  });

export const retryCommand = stationCommand({
  group: 'Working:',
  usage: 'retry [what] [id]',
  summary: 'Try a file, a signal or all problems again',
  details: 'Say file ID, outbox ID, or --all-problems.',
  options: [['--all-problems', 'every file and every signal that is a problem']],
  input: retryInput,
  run: async ({ client }, input) => {
    switch (input.kind) {
      case 'file':
        return fileAnswer((await client.files.retry({ file: input.id })).file);
      case 'outbox':
        return signalAnswer((await client.outbox.retry({ id: input.id })).signal);
      case 'all': {
        const { count: files } = await client.files.retryProblems({});
        const { count: signals } = await client.outbox.retryProblems({});
        const text = `${counted(files, 'file')} and ${counted(signals, 'signal')} are tried again.`;
        return { json: { files, signals }, lines: () => [text] };
      }
    }
  },
});

const fileAnswer = (file: FileView): Answer => ({
  json: file,
  lines: () => [`File ${file.id} (${file.name}): ${file.state}`],
});
