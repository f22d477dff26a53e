import { z } from 'zod';
import type { OutboxView } from '../contract/outbox.ts';
import { outboxStates } from '../contract/values.ts';
import { allPages } from './all-pages.ts';
import type { Answer, View } from './answer.ts';
import { filledText, oneOf, rowIdText } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { table } from './table.ts';
import { counted, distanceWord, outboxWord } from './words.ts';

export const outboxCommand = stationCommand({
  group: 'Looking:',
  usage: 'outbox',
  summary: 'List signals and commands to the platforms, unsent first',
  options: [['--state <state>', `only those in this state: ${outboxStates.join(', ')}`]],
  input: z.object({ state: oneOf(outboxStates).optional() }),
  run: async ({ client }, { state }) => {
    const signals = await allPages(async (page) => {
      const answer = await client.outbox.list({ ...(state === undefined ? {} : { states: [state] }), ...page });
      return { total: answer.total, rows: answer.signals };
    });
    return { json: signals, lines: (view) => signalsLines(signals, view) };
  },
});

export const undoSignalCommand = stationCommand({
  group: 'Working:',
  usage: 'undo-signal <id>',
  summary: 'Take a signal back that has not left yet',
  input: z.object({ id: rowIdText }),
  run: async ({ client }, { id }) => {
    const { signals } = await client.outbox.undo({ ids: [id] });
    const [signal] = signals;
    return signal === undefined ? signalsAnswer(signals) : signalAnswer(signal);
  },
});

export const lookUpCommand = stationCommand({
  group: 'Working:',
  usage: 'look-up <id>',
  summary: 'Ask the platform what became of a signal that is maybe',
  input: z.object({ id: rowIdText }),
  run: async ({ client }, input) => signalAnswer((await client.outbox.lookUp(input)).signal),
});

export const dismissCommand = stationCommand({
  group: 'Working:',
  usage: 'dismiss <id>',
  summary: 'Give a problem signal up, so that later ones go on',
  options: [['--reason <text>', 'kept in the history (needed)']],
  input: z.object({ id: rowIdText, reason: filledText }),
  run: async ({ client }, input) => signalAnswer((await client.outbox.dismiss(input)).signal),
});

/** The answer of a command that made or changed one signal. */
export const signalAnswer = (signal: OutboxView): Answer => ({ ...signalsAnswer([signal]), json: signal });

export const signalsAnswer = (signals: readonly OutboxView[]): Answer => ({
  json: signals,
  lines: (view) => signalsLines(signals, view),
});

const signalsLines = (signals: readonly OutboxView[], { width, nowMs }: View): readonly string[] => {
  if (signals.length === 0) return ['There are no such signals.'];
  const rows = table(
    [
      { title: 'ID', of: ({ id }) => String(id), align: 'right' },
      { title: 'ITEM', of: ({ itemExternalId }) => itemExternalId, flexible: true },
      { title: 'SIGNAL', of: ({ kind }) => outboxWord(kind) },
      { title: 'STATE', of: ({ state }) => state },
      { title: 'TRIES', of: ({ attempts }) => String(attempts), align: 'right' },
      { title: 'NEXT TRY', of: ({ nextAttemptAt }) => distanceWord(nextAttemptAt, nowMs) },
      { title: 'DEADLINE', of: (signal) => distanceWord(signal.sentAt === null ? signal.deadlineAt : null, nowMs) },
      { title: 'REMARKS', of: (signal) => remark(signal, nowMs), flexible: true },
    ],
    signals,
    width,
  );
  const undecided = signals.some(({ state }) => state === 'maybe');
  return [
    ...rows,
    counted(signals.length, 'signal'),
    ...(undecided ? ['For each maybe a person decides: look-up ID, then retry outbox ID or dismiss ID.'] : []),
  ];
};

const remark = ({ state, undoUntil, retriedAs, lastError, waitsFor }: OutboxView, nowMs: number): string => {
  if (retriedAs !== null) return `retried as ${retriedAs}`;
  if (undoUntil !== null && Date.parse(undoUntil) > nowMs) return `undo ends ${distanceWord(undoUntil, nowMs)}`;
  if (state === 'sent') return '';
  const why = lastError ?? waitsFor ?? '';
  return state === 'maybe' ? ['a person decides', why].filter((word) => word !== '').join(': ') : why;
};
