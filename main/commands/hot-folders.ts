import { z } from 'zod';
import type { HandoverView, HotFolderView } from '../contract/hot-folders.ts';
import type { Answer, View } from './answer.ts';
import { filledText, flag, noInput, oneOf, referenceText, rowIdText } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { table } from './table.ts';
import { counted, distanceWord, durationWord, handoverWord, momentWord, spaced } from './words.ts';

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
    ['--anyway', 'also files that do not fit what the hot folder accepts'],
  ],
  input: z.object({ item: referenceText, to: filledText, again: flag, anyway: flag }),
  run: async ({ client }, { item, to, again, anyway }) =>
    handoversAnswer((await client.hotFolders.release({ item, hotFolder: to, again, anyway })).handovers),
});

export const undoCommand = stationCommand({
  group: 'Working:',
  usage: 'undo <handover>',
  summary: 'Take a file back that the RIP has not taken yet, or set one aside that it refused',
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
      { title: 'STATE', of: ({ state, stuck }) => (stuck ? `${state}, stuck` : state) },
      { title: 'MODE', of: ({ mode }) => mode },
      { title: 'LYING', of: ({ lying }) => String(lying), align: 'right' },
      { title: 'OLDEST', of: ({ oldestLyingSince }) => distanceWord(oldestLyingSince, nowMs) },
      { title: 'NOT OURS', of: ({ inside }) => String(inside.strangers), align: 'right' },
      { title: 'WAITING', of: ({ waiting }) => String(waiting), align: 'right' },
      {
        title: 'USUALLY',
        of: ({ usualPickUpSeconds }) => (usualPickUpSeconds === null ? '-' : durationWord(usualPickUpSeconds)),
      },
      { title: 'LAST PICK-UP', of: ({ lastPickUpAt }) => momentWord(lastPickUpAt) },
      { title: 'FOLDER, OR PROBLEM', of: ({ path, problem }) => problem ?? path, flexible: true },
    ],
    hotFolders,
    width,
  );
};

/** What the RIP says counts more than that it has the file. */
const stateText = ({ state, overdue, outcome }: HandoverView): string => {
  if (outcome !== null && state !== 'undone') return `${outcome} by the RIP`;
  return `${handoverWord(state)}${overdue ? ', overdue' : ''}`;
};

const handoversLines = (handovers: readonly HandoverView[], { width }: View): readonly string[] => {
  if (handovers.length === 0) return ['There are no hand-overs.'];
  const rows = table(
    [
      { title: 'ID', of: ({ id }) => String(id), align: 'right' },
      { title: 'FILE', of: ({ fileName }) => fileName, flexible: true },
      { title: 'ROLE', of: ({ role }) => spaced(role) },
      { title: 'TO', of: ({ hotFolder }) => hotFolder },
      { title: 'STATE', of: stateText },
      { title: 'SENT', of: ({ sentAt }) => momentWord(sentAt) },
      {
        title: 'REMARKS',
        of: ({ problem, outcomeIn, undoable }) => problem ?? outcomeIn ?? (undoable ? 'can be undone' : ''),
        flexible: true,
      },
    ],
    handovers,
    width,
  );
  return [...rows, counted(handovers.length, 'hand-over')];
};
