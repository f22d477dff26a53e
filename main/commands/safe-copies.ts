import { z } from 'zod';
import type { Answer } from './answer.ts';
import { filledText } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { printable } from './table.ts';
import { sizeWord } from './words.ts';

export const backupCommand = stationCommand({
  group: 'Keeping safe:',
  usage: 'backup <file>',
  summary: 'Write a copy of the database, free of secrets',
  input: z.object({ file: filledText }),
  run: async ({ client, resolvePath }, { file }) =>
    writtenAnswer(await client.station.backup({ path: resolvePath(file) })),
});

export const supportBundleCommand = stationCommand({
  group: 'Keeping safe:',
  usage: 'support-bundle <file>',
  summary: 'Write what support needs, free of secrets and addresses',
  input: z.object({ file: filledText }),
  run: async ({ client, resolvePath }, { file }) =>
    writtenAnswer(await client.station.supportBundle({ path: resolvePath(file) })),
});

const writtenAnswer = (written: { readonly path: string; readonly bytes: number }): Answer => ({
  json: written,
  lines: () => [printable(`Written: ${written.path} (${sizeWord(written.bytes)})`)],
});
