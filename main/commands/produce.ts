import { z } from 'zod';
import { type ProduceLine, produceLine } from '../contract/jobs.ts';
import type { OutboxView } from '../contract/outbox.ts';
import type { Answer } from './answer.ts';
import { CommandFailure } from './command-failure.ts';
import { filledText, flag, wholeNumberText } from './input-schemas.ts';
import { readProduceCsv } from './produce-csv.ts';
import { stationCommand } from './station-command.ts';
import { printable } from './table.ts';
import { readTextFile } from './text-file.ts';
import { counted } from './words.ts';

/** The contract's limit. A longer list is not sent in parts: a part that is refused would leave the rest unclear. */
const mostLines = 500;
const longestListBytes = 1_000_000;

type Source = { readonly kind: 'line'; readonly line: ProduceLine } | { readonly kind: 'list'; readonly file: string };

const produceInput = z
  .object({
    connection: filledText,
    template: filledText.optional(),
    order: filledText.optional(),
    copies: wholeNumberText.optional(),
    title: filledText.optional(),
    csv: filledText.optional(),
    again: flag,
  })
  .transform(({ connection, again, csv, ...line }, context) => {
    const refuse = (name: string, message: string): never => {
      context.addIssue({ code: 'custom', path: [name], message });
      return z.NEVER;
    };
    const given = Object.entries(line).find(([, value]) => value !== undefined);
    if (csv !== undefined) {
      if (given !== undefined) return refuse(given[0], 'does not go with --csv');
      return { connection, again, source: { kind: 'list', file: csv } satisfies Source };
    }
    if (line.template === undefined) return refuse('template', 'is needed, or --csv');
    if (line.order === undefined) return refuse('order', 'is needed');
    const read = produceLine.safeParse(line);
    if (read.success) return { connection, again, source: { kind: 'line', line: read.data } satisfies Source };
    const issue = read.error.issues[0];
    return refuse(String(issue?.path[0]), issue?.path[0] === 'copies' ? 'must be 1 to 1000000' : 'is too long');
  });

export const produceCommand = stationCommand({
  group: 'Working:',
  usage: 'produce',
  summary: 'Have orders of the shop made at a platform; it is billed',
  details: [
    'Say --template and --order, or --csv with a list: template or token, order, copies, title.',
    'A first line may name these columns. When a line of the list is wrong, nothing is sent.',
  ].join('\n'),
  options: [
    ['--connection <id>', 'where it is made (needed)'],
    ['--template <name>', "a template's name or a save token"],
    ['--order <reference>', 'the order of the shop that it is for'],
    ['--copies <number>', 'how many (default: 1)'],
    ['--title <text>', 'what it is called here'],
    ['--csv <file>', 'a list in a file instead'],
    ['--again', 'also what the order has already; it is billed again'],
  ],
  input: produceInput,
  run: async ({ client, resolvePath }, { connection, again, source }) => {
    const lines = source.kind === 'line' ? [source.line] : await readList(resolvePath(source.file));
    const { orders, signals } = await client.jobs.produce({ connection, lines: [...lines], again });
    return producedAnswer(orders, signals);
  },
});

const readList = async (path: string): Promise<readonly ProduceLine[]> => {
  const list = readProduceCsv(await readTextFile(path, longestListBytes, 'a list of what to produce'));
  if (list.kind === 'wrong') {
    const [first, ...others] = list.problems;
    const more = others.length === 0 ? '' : ` (and ${counted(others.length, 'more wrong line')})`;
    throw new CommandFailure(`${path}, line ${first?.line ?? 1}: ${first?.problem ?? 'it cannot be read'}${more}`);
  }
  if (list.lines.length <= mostLines) return list.lines;
  throw new CommandFailure(`${path} has ${list.lines.length} lines: split it, at most ${mostLines} go at once`);
};

interface ProducedOrder {
  readonly orderId: number;
  readonly externalId: string;
}

const producedAnswer = (orders: readonly ProducedOrder[], signals: readonly OutboxView[]): Answer => ({
  json: { orders, signals },
  lines: () =>
    orders.map(({ orderId, externalId }) => {
      const commands = signals.filter((signal) => signal.orderId === orderId).map(({ id }) => id);
      const queued = commands.length === 0 ? 'nothing is queued' : `queued to be produced as ${commands.join(', ')}`;
      return printable(`Order ${orderId} (${externalId}): ${queued}`);
    }),
});
