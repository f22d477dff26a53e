import { z } from 'zod';
import { type LateReason, orderSelections, type ThroughputLine, type TodayView } from '../contract/today.ts';
import type { View } from './answer.ts';
import { filledText } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { printable, table } from './table.ts';
import { counted, distanceWord, durationWord, momentWord, reconciliationWord, stageWord } from './words.ts';

export const todayCommand = stationCommand({
  group: 'Looking:',
  usage: 'today',
  summary: 'Show the day in numbers: late, due, done, punctual',
  details: 'With --json each number of orders comes with the filter that selects them.',
  options: [
    ['--day <day>', 'another day, as YYYY-MM-DD'],
    ['--time-zone <zone>', 'where its midnight is, such as Europe/Berlin (default: as this computer)'],
  ],
  input: z.object({
    day: z.iso.date('must be a day, as YYYY-MM-DD').optional(),
    timeZone: filledText.default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  }),
  run: async ({ client }, { day, timeZone }) => {
    const { today } = await client.today.get({ timeZone, ...(day === undefined ? {} : { day }) });
    return { json: today, lines: (view) => todayLines(today, view) };
  },
});

const selectionWords = {
  late: ['Late', 'ship-by has passed'],
  due: ['Due', 'by the end of the day'],
  waiting: ['Waiting', 'not at the press yet'],
  held: ['Held', 'by a person'],
  problems: ['Problems', 'need a person'],
  shipped: ['Shipped', 'on the day'],
} as const;

const todayLines = (today: TodayView, view: View): readonly string[] => {
  const { orders, throughput, reconciliations } = today;
  return [
    `${today.day} in ${today.timeZone}, as of ${momentWord(today.asOf)}`,
    '',
    ...orderSelections.map((name) => {
      const [title, meaning] = selectionWords[name];
      return `${title.padEnd(10)}${String(orders[name].count).padStart(6)}  ${meaning}`;
    }),
    '',
    ...(throughput.lines.length === 0 ? ['No item was made ready, handed over or shipped.'] : workLines(today, view)),
    '',
    fileLine(today.files),
    ...signalLines(today.signals, view),
    ...reconciliations.map(({ name, reconciliation }) =>
      printable(
        reconciliation === null
          ? `${name}: not compared yet`
          : `${name}: ${reconciliationWord(reconciliation)}, compared ${distanceWord(reconciliation.at, view.nowMs)}`,
      ),
    ),
    ...(today.lateOrders.length === 0 ? [] : ['', ...lateLines(today, view)]),
  ];
};

const workLines = ({ throughput: { lines } }: TodayView, { width }: View): readonly string[] =>
  table<ThroughputLine>(
    [
      { title: 'ITEMS OF', of: ({ name, lane }) => (lane === 'own' ? name : `${name}, outsourced`), flexible: true },
      { title: 'PRINT-READY', of: ({ total }) => String(total.printReady), align: 'right' },
      { title: 'HANDED OVER', of: ({ total }) => String(total.handedOver), align: 'right' },
      { title: 'SHIPPED', of: ({ total }) => String(total.shipped), align: 'right' },
    ],
    lines,
    width,
  );

const fileLine = ({ verified, firstTry, afterRepeat, problems }: TodayView['files']): string =>
  `Files: ${verified} verified, ${firstTry} at the first try, ${afterRepeat} after a repeat; ` +
  `${counted(problems, 'problem')} now`;

const signalLines = (signals: TodayView['signals'], { nowMs }: View): readonly string[] => {
  const { sent, onTime, late, withoutDeadline, worstLateSeconds, waiting, nextDeadlineAt, problems } = signals;
  const worst = late === 0 ? '' : ` (by ${durationWord(worstLateSeconds)} at worst)`;
  const next = nextDeadlineAt === null ? '' : ` (deadline ${distanceWord(nextDeadlineAt, nowMs)})`;
  return [
    `Signals: ${sent} sent, ${onTime} on time, ${late} late${worst}, ${withoutDeadline} without a deadline`,
    `Signals not sent: ${waiting} waiting${next}, ${counted(problems, 'problem')}`,
  ];
};

const lateLines = ({ lateOrders, orders }: TodayView, { width, nowMs }: View): readonly string[] => {
  const others = orders.late.count - lateOrders.length;
  return [
    ...table(
      [
        { title: 'LATE ORDER', of: ({ order }) => `${order.connection}:${order.externalId}`, flexible: true },
        { title: 'CUSTOMER', of: ({ order }) => order.customer, flexible: true },
        { title: 'SHIP BY', of: ({ order }) => distanceWord(order.shipBy, nowMs) },
        { title: 'WHY', of: ({ reason }) => reasonWord(reason), flexible: true },
      ],
      lateOrders,
      width,
    ),
    ...(others > 0 ? [`and ${others} more`] : []),
  ];
};

const reasonWord = (reason: LateReason): string => {
  switch (reason.kind) {
    case 'problem':
      return reason.text;
    case 'held':
      return `held: ${reason.note}`;
    case 'stage':
      return `${stageWord(reason.stage)} since ${momentWord(reason.since)}`;
  }
};
