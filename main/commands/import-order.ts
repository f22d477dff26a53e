import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CommandFailure } from './command-failure.ts';
import { filledText } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';

/** The contract's limit, in characters. */
const longestDocument = 10_000_000;

export const importCommand = stationCommand({
  group: 'Working:',
  usage: 'import <file>',
  summary: 'Take in an order document as if it had been posted',
  options: [['--connection <id>', 'the connection it belongs to (needed)']],
  input: z.object({ file: filledText, connection: filledText }),
  run: async ({ client, resolvePath }, { file, connection }) => {
    const document = await readDocument(resolvePath(file));
    const answer = await client.orders.import({ connection, document });
    return { json: answer, lines: () => [outcomeLine[answer.outcome](answer.externalId, answer.orderId)] };
  },
});

const outcomeLine: Readonly<Record<'stored' | 'known' | 'revision', (externalId: string, id: number) => string>> = {
  stored: (externalId, id) => `Order ${externalId} is stored as ${id}.`,
  known: (externalId, id) => `Order ${externalId} was here already, with the same content, as ${id}.`,
  revision: (externalId, id) =>
    `Order ${externalId} was here already as ${id}; the other content is kept as a revision of it.`,
};

const readDocument = async (path: string): Promise<string> => {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      `${path} cannot be read: ${error.code === 'ENOENT' ? 'it does not exist' : error.message}`,
    );
  });
  if (bytes.length > longestDocument) throw new CommandFailure(`${path} is too large to be an order document`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandFailure(`${path} is not text in UTF-8`);
  }
};
