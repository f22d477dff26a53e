import type { FileView } from '../contract/files.ts';
import type { HistoryEntry } from '../contract/history.ts';
import type { ItemView, OrderView } from '../contract/orders.ts';
import type { View } from './answer.ts';
import { jobLines } from './job-lines.ts';
import { printable, table } from './table.ts';
import {
  handoverWord,
  momentWord,
  outboxNoun,
  outboxStateWord,
  outboxWord,
  sizeWord,
  spaced,
  stageWord,
} from './words.ts';

/** One order on the terminal: head, items with all that belongs to them, jobs, history. */
export const orderLines = (order: OrderView, history: readonly HistoryEntry[], view: View): readonly string[] => [
  joined([`Order ${order.externalId}`, `id ${order.id}`, `from ${order.connection}`]),
  joined([stageWord(order.stage), `lane ${order.lane}`, order.customer, order.reference]),
  joined([`received ${momentWord(order.receivedAt)}`, `ship by ${momentWord(order.shipBy)}`, order.shippingMethod]),
  ...order.items.flatMap((item) => ['', ...itemLines(item, view)]),
  ...(order.files.length === 0 ? [] : ['', 'Files of the order', ...fileLines(order.files, view)]),
  ...jobLines(order.jobs, view),
  ...order.unknownFields.map(({ path, value }) => printable(`Unknown field ${path}: ${value}`)),
  '',
  'History',
  ...history.map(historyLine),
];

const itemLines = (item: ItemView, view: View): readonly string[] => [
  joined([`Item ${item.id}`, item.externalId, item.title, item.product, `${item.copies} ×`]),
  `  ${joined([stageWord(item.stage), item.problem === null ? '' : `problem: ${item.problem}`])}`,
  ...(item.held === null ? [] : [printable(`  held since ${momentWord(item.held.since)}: ${item.held.note}`)]),
  ...(item.reorder === null
    ? []
    : [printable(`  reorder of ${item.reorder.originalOrder}, ${item.reorder.cause}: ${item.reorder.description}`)]),
  ...fileLines(item.files, view),
  ...item.handovers.map(({ id, role, hotFolder, state, problem }) =>
    printable(`  hand-over ${id}: ${spaced(role)} to ${hotFolder}, ${handoverWord(state)}${reason(problem)}`),
  ),
  ...item.signals.map(({ id, kind, state, sentAt, lastError }) => {
    const when = sentAt === null ? '' : ` ${momentWord(sentAt)}`;
    return printable(
      `  ${outboxNoun(kind)} ${id}: ${outboxWord(kind)}, ${outboxStateWord(state)}${when}${state === 'sent' ? '' : reason(lastError)}`,
    );
  }),
];

const fileLines = (files: readonly FileView[], { width }: View): readonly string[] =>
  files.length === 0
    ? []
    : table(
        [
          { title: '  FILE', of: ({ id }) => `  ${id}` },
          { title: 'ROLE', of: ({ role }) => spaced(role) },
          { title: 'STATE', of: ({ state }) => state },
          { title: 'SIZE', of: ({ bytes }) => sizeWord(bytes), align: 'right' },
          { title: 'CHECKED', of: ({ verification }) => verification ?? '-' },
          { title: 'WHERE, OR WHY NOT', of: ({ path, problem }) => problem ?? path ?? '', flexible: true },
        ],
        files,
        width,
      );

const historyLine = ({ at, code, detail, evidence, by }: HistoryEntry): string => {
  const values = Object.entries(detail).map(([name, value]) => `${spaced(name)} ${value}`);
  return `  ${momentWord(at)}  ${joined([code, ...values, spaced(evidence), by === null ? '' : `by ${by}`])}`;
};

const reason = (problem: string | null): string => (problem === null ? '' : `: ${problem}`);

const joined = (parts: readonly string[]): string => printable(parts.filter((part) => part !== '').join(' · '));
