import { z } from 'zod';
import type { OrderRow } from '../contract/orders.ts';
import { lane as orderLane, stages } from '../contract/values.ts';
import { allPages } from './all-pages.ts';
import type { View } from './answer.ts';
import { filledText, flag, oneOf, referenceText } from './input-schemas.ts';
import { jobJson } from './jobs.ts';
import { orderLines } from './order-lines.ts';
import { stationCommand } from './station-command.ts';
import { table } from './table.ts';
import { counted, momentWord, stageWord } from './words.ts';

export const ordersCommand = stationCommand({
  group: 'Looking:',
  usage: 'orders',
  summary: 'List the orders, the most urgent first',
  options: [
    ['--stage <stage>', `only orders at this stage: ${stages.join(', ')}`],
    ['--problem', 'only orders with a problem'],
    ['--open', 'only orders that are neither shipped nor cancelled'],
    ['--connection <id>', 'only orders of this connection'],
    ['--lane <lane>', 'only orders of this lane: own (made here), outsourced'],
    ['--search <text>', 'only orders in which this text is found'],
  ],
  input: z.object({
    stage: oneOf(stages).optional(),
    problem: flag,
    open: flag,
    connection: filledText.optional(),
    lane: oneOf(orderLane.options).optional(),
    search: filledText.optional(),
  }),
  run: async ({ client }, { stage, problem, open, connection, lane, search }) => {
    const filter = {
      ...(stage === undefined ? {} : { stages: [stage] }),
      ...(connection === undefined ? {} : { connections: [connection] }),
      ...(lane === undefined ? {} : { lanes: [lane] }),
      ...(search === undefined ? {} : { search }),
      problemsOnly: problem,
      openOnly: open,
    };
    const orders = await allPages(async (page) => {
      const answer = await client.orders.listDetailed({ ...filter, ...page });
      return { total: answer.total, rows: answer.orders };
    });
    return { json: orders, lines: (view) => ordersLines(orders, view) };
  },
});

export const orderCommand = stationCommand({
  group: 'Looking:',
  usage: 'order <order>',
  summary: 'Show one order with its items, files, jobs, signals, history',
  input: z.object({ order: referenceText }),
  run: async ({ client }, input) => {
    const { order, history } = await client.orders.get(input);
    return {
      json: { ...order, jobs: order.jobs.map(jobJson), history },
      lines: (view) => orderLines(order, history, view),
    };
  },
});

const ordersLines = (orders: readonly OrderRow[], { width }: View): readonly string[] => {
  if (orders.length === 0) return ['There are no such orders.'];
  const rows = table(
    [
      { title: 'ID', of: ({ id }) => String(id), align: 'right' },
      { title: 'ORDER', of: ({ connection, externalId }) => `${connection}:${externalId}`, flexible: true },
      { title: 'CUSTOMER', of: ({ customer }) => customer, flexible: true },
      { title: 'STAGE', of: (row) => stageWord(row.stage) },
      { title: 'FILES', of: ({ filesReady, filesTotal }) => `${filesReady}/${filesTotal}`, align: 'right' },
      { title: 'SHIP BY', of: ({ shipBy }) => momentWord(shipBy) },
      { title: 'REMARKS', of: remarks, flexible: true },
    ],
    orders,
    width,
  );
  return [...rows, counted(orders.length, 'order')];
};

const remarks = ({ lane, reorder, held, problem, problemCount }: OrderRow): string => {
  const others = problemCount > 1 ? ` (and ${problemCount - 1} more)` : '';
  const words = [
    lane === 'outsourced' ? lane : '',
    reorder ? 'reorder' : '',
    held ? 'held' : '',
    problem === null ? '' : `${problem}${others}`,
  ];
  return words.filter((word) => word !== '').join(', ');
};
