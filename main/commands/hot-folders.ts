import { z } from 'zod';
import type { HandoverView, HotFolderView } from '../contract/hot-folders.ts';
import type { Answer, View } from './answer.ts';
import { filledText, flag, noInput, oneOf, referenceText, rowIdText } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { table } from './table.ts';
import { counted, distanceWord, handoverWord, momentWord, spaced } from './words.ts';

export const hotFoldersCommand = stationCommand({
  group: 'Looking:',
  usage: 'hotfolders',
  summary: 'List the hot folders and what lies in them',
  input: noInput,
  run: async ({ client }) => {
    const { hotFolders } = await client.hotFolders.list({});
    return { json: hotFolders, lines: (view) => hotFoldersLines(hotFolders, view) };
  },
});

export const handoversCommand = stationCommand({
  group: 'Looking:',
  usage: 'handovers',
  summary: 'List the hand-overs to hot folders',
  input: noInput,
  run: async ({ client }) => handoversAnswer((await client.hotFolders.list({})).handovers),
});

export const releaseCommand = stationCommand({
  group: 'Working:',
  usage: 'release <item>',
  summary: 'Hand the ready files of an item to a hot folder',
  options: [
    ['--to <hotfolder>', 'the hot folder (needed)'],
    ['--again', 'also files that were handed over before'],
  ],
  input: z.object({ item: referenceText, to: filledText, again: flag }),
  run: async ({ client }, { item, to, again }) =>
    handoversAnswer((await client.hotFolders.release({ item, hotFolder: to, again })).handovers),
});

export const undoCommand = stationCommand({
  group: 'Working:',
  usage: 'undo <handover>',
  summary: 'Take a file back that the RIP has not taken yet',
  input: z.object({ handover: rowIdText }),
  run: async ({ client }, input) => handoverAnswer((await client.hotFolders.undo(input)).handover),
});

export const settleCommand = stationCommand({
  group: 'Working:',
  usage: 'settle <handover> <outcome>',
  summary: 'Say whether a cut-off hand-over did arrive',
  details: 'The outcome is sent, or notSent: then the file is handed over again.',
  input: z.object({ handover: rowIdText, outcome: oneOf(['sent', 'notSent']) }),
  run: async ({ client }, input) => handoverAnswer((await client.hotFolders.settle(input)).handover),
});

const handoverAnswer = (handover: HandoverView): Answer => ({ ...handoversAnswer([handover]), json: handover });

const handoversAnswer = (handovers: readonly HandoverView[]): Answer => ({
  json: handovers,
  lines: (view) => handoversLines(handovers, view),
});

const hotFoldersLines = (hotFolders: readonly HotFolderView[], { width, nowMs }: View): readonly string[] => {
  if (hotFolders.length === 0) return ['There are no hot folders.'];
  return table(
    [
      { title: 'ID', of: ({ id }) => id },
      { title: 'STATE', of: ({ state }) => state },
      { title: 'MODE', of: ({ mode }) => mode },
      { title: 'LYING', of: ({ lying }) => String(lying), align: 'right' },
      { title: 'OLDEST', of: ({ oldestLyingSince }) => distanceWord(oldestLyingSince, nowMs) },
      { title: 'WAITING', of: ({ waiting }) => String(waiting), align: 'right' },
      { title: 'LAST PICK-UP', of: ({ lastPickUpAt }) => momentWord(lastPickUpAt) },
      { title: 'FOLDER, OR PROBLEM', of: ({ path, problem }) => problem ?? path, flexible: true },
    ],
    hotFolders,
    width,
  );
};

const handoversLines = (handovers: readonly HandoverView[], { width }: View): readonly string[] => {
  if (handovers.length === 0) return ['There are no hand-overs.'];
  const rows = table(
    [
      { title: 'ID', of: ({ id }) => String(id), align: 'right' },
      { title: 'FILE', of: ({ fileName }) => fileName, flexible: true },
      { title: 'ROLE', of: ({ role }) => spaced(role) },
      { title: 'TO', of: ({ hotFolder }) => hotFolder },
      { title: 'STATE', of: ({ state, overdue }) => `${handoverWord(state)}${overdue ? ', overdue' : ''}` },
      { title: 'SENT', of: ({ sentAt }) => momentWord(sentAt) },
      { title: 'REMARKS', of: ({ problem, undoable }) => problem ?? (undoable ? 'can be undone' : ''), flexible: true },
    ],
    handovers,
    width,
  );
  return [...rows, counted(handovers.length, 'hand-over')];
};
