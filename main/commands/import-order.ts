import { z } from 'zod';
import { filledText } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { readTextFile } from './text-file.ts';

/** The contract's limit, in characters. */
const longestDocument = 10_000_000;

export const importCommand = stationCommand({
  group: 'Working:',
  usage: 'import <file>',
  summary: 'Take in an order document as if it had been posted',
  options: [['--connection <id>', 'the connection it belongs to (needed)']],
  input: z.object({ file: filledText, connection: filledText }),
  run: async ({ client, resolvePath }, { file, connection }) => {
    const document = await readTextFile(resolvePath(file), longestDocument, 'an order document');
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
