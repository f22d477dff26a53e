import { z } from 'zod';
import type { Client } from '../contract/contract.ts';
import type { FileView } from '../contract/files.ts';
import type { OutboxKind } from '../contract/values.ts';
import type { Answer } from './answer.ts';
import { CommandFailure } from './command-failure.ts';
import { flag, oneOf, rowIdText } from './input-schemas.ts';
import { signalAnswer } from './outbox.ts';
import { stationCommand } from './station-command.ts';
import { counted, outboxNoun, outboxWord } from './words.ts';

const retryInput = z
  .object({ what: oneOf(['file', 'outbox']).optional(), id: rowIdText.optional(), allProblems: flag, yes: flag })
  .transform(({ what, id, allProblems, yes }, context) => {
    if (yes && what !== 'outbox') {
      context.addIssue({ code: 'custom', path: ['yes'], message: 'goes with outbox ID only' });
      return z.NEVER;
    }
    if (allProblems && what === undefined) return { kind: 'all' } as const;
    if (!allProblems && what !== undefined && id !== undefined) return { kind: what, id, yes } as const;
    context.addIssue({ code: 'custom', path: [], message: 'say file ID, outbox ID, or --all-problems alone' });
    return z.NEVER;
  });

export const retryCommand = stationCommand({
  group: 'Working:',
  usage: 'retry [what] [id]',
  summary: 'Try a file, a signal or all problems again',
  details: 'Say file ID, outbox ID, or --all-problems.',
  options: [
    ['--all-problems', 'every file and every signal that is a problem'],
    ['--yes', 'outbox: also a maybe, which may be carried out (and billed) twice'],
  ],
  input: retryInput,
  run: async ({ client }, input) => {
    switch (input.kind) {
      case 'file':
        return fileAnswer((await client.files.retry({ file: input.id })).file);
      case 'outbox':
        if (!input.yes) await refuseMaybe(client, input.id);
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

const billedKinds: readonly OutboxKind[] = ['produce', 'renderAgain', 'restart'];

/** What may have happened is not done a second time unless a person says so. */
const refuseMaybe = async (client: Client, id: number): Promise<void> => {
  const { kind, state } = (await client.outbox.get({ id })).signal;
  if (state !== 'maybe') return;
  const twice = billedKinds.includes(kind) ? 'carried out, and billed, twice' : 'carried out twice';
  throw new CommandFailure(
    `${outboxNoun(kind)} ${id} (${outboxWord(kind)}) may be ${twice}: look-up ${id} asks the platform; say --yes to send it again`,
  );
};

const fileAnswer = (file: FileView): Answer => ({
  json: file,
  lines: () => [`File ${file.id} (${file.name}): ${file.state}`],
});
