import { z } from 'zod';
import type { FileView } from '../contract/files.ts';
import { fileStates } from '../contract/values.ts';
import { allPages } from './all-pages.ts';
import type { View } from './answer.ts';
import { oneOf } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { table } from './table.ts';
import { counted, sizeWord, spaced } from './words.ts';

export const filesCommand = stationCommand({
  group: 'Looking:',
  usage: 'files',
  summary: 'List the files, unfinished ones and problems first',
  options: [['--state <state>', `only files in this state: ${fileStates.join(', ')}`]],
  input: z.object({ state: oneOf(fileStates).optional() }),
  run: async ({ client }, { state }) => {
    const files = await allPages(async (page) => {
      const answer = await client.files.list({ ...(state === undefined ? {} : { states: [state] }), ...page });
      return { total: answer.total, rows: answer.files };
    });
    return { json: files, lines: (view) => filesLines(files, view) };
  },
});

const filesLines = (files: readonly FileView[], { width }: View): readonly string[] => {
  if (files.length === 0) return ['There are no such files.'];
  const rows = table(
    [
      { title: 'ID', of: ({ id }) => String(id), align: 'right' },
      { title: 'ITEM', of: (file) => file.itemExternalId ?? file.orderExternalId, flexible: true },
      { title: 'ROLE', of: ({ role }) => spaced(role) },
      { title: 'STATE', of: ({ state, deletedAt }) => (deletedAt === null ? state : 'deleted') },
      { title: 'SIZE', of: sizeOf, align: 'right' },
      { title: 'TRIES', of: ({ attempts }) => String(attempts), align: 'right' },
      { title: 'WHERE, OR WHY NOT', of: ({ path, problem }) => problem ?? path ?? '', flexible: true },
    ],
    files,
    width,
  );
  return [...rows, counted(files.length, 'file')];
};

const sizeOf = ({ state, bytes, expectedBytes }: FileView): string =>
  state === 'ready' || expectedBytes === null ? sizeWord(bytes) : `${sizeWord(bytes)} of ${sizeWord(expectedBytes)}`;
