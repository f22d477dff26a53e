import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { toMoment } from '../core/ports/clock.ts';
import { databaseName, placesIn } from '../core/recovery/data-places.ts';
import { type CheckedBackup, findBackups, listBackups } from '../core/recovery/list-backups.ts';
import { lookWord } from '../core/recovery/look-word.ts';
import { type Restored, restoreDatabase } from '../core/recovery/restore-database.ts';
import { DatabaseOpenError } from '../core/store/open-database.ts';
import type { Answer, View } from './answer.ts';
import { CommandFailure } from './command-failure.ts';
import { filledText, flag } from './input-schemas.ts';
import { type FolderContext, folderCommand } from './station-command.ts';
import { printable, table } from './table.ts';
import { durationWord, sizeWord } from './words.ts';

export const restoreCommand = folderCommand({
  group: 'Keeping safe:',
  usage: 'restore [file]',
  summary: 'List the backups, or put one in the place of the database',
  details:
    'The station must be stopped. FILE is a name of the list, or a path. The present database is moved to set-aside/ and never deleted.',
  options: [['--newest', 'the newest backup that is good']],
  input: z.object({ file: filledText.optional(), newest: flag }),
  run: async (context, { file, newest }) => {
    if (file !== undefined) return restoreFile(context, file);
    return newest ? restoreNewest(context) : listed(await listBackups(placesIn(context.dataFolder).backups));
  },
});

const listed = (backups: readonly CheckedBackup[]): Answer => ({
  json: backups.map(({ name, path, atMs, bytes, look }) => ({
    name,
    path,
    madeAt: toMoment(atMs),
    bytes,
    orders: look.kind === 'good' ? look.orders : null,
    good: look.kind === 'good',
    state: lookWord(look),
  })),
  lines: (view) => backupLines(backups, view),
});

const backupLines = (backups: readonly CheckedBackup[], { width, nowMs }: View): readonly string[] => {
  if (backups.length === 0) return ['There is no backup yet.'];
  const rows = table(
    [
      { title: 'BACKUP', of: ({ name }) => name },
      { title: 'AGE', of: ({ atMs }) => durationWord((nowMs - atMs) / 1000), align: 'right' },
      { title: 'SIZE', of: ({ bytes }) => sizeWord(bytes), align: 'right' },
      { title: 'ORDERS', of: ({ look }) => (look.kind === 'good' ? String(look.orders) : ''), align: 'right' },
      { title: 'STATE', of: ({ look }) => lookWord(look), flexible: true },
    ],
    backups,
    width,
  );
  return [...rows, 'Restore one: stop the station, then platen restore BACKUP'];
};

const restoreFile = async (context: FolderContext, file: string): Promise<Answer> => {
  const { backups } = placesIn(context.dataFolder);
  const known = (await findBackups(backups)).find(({ name }) => name === file);
  const path = known?.path ?? context.resolvePath(file);
  const found = await stat(path).catch(() => null);
  if (found === null) throw new CommandFailure(`there is no ${path}, and no backup of that name in ${backups}`);
  const restored = await restore(context, path, known?.atMs ?? Math.round(found.mtimeMs));
  if (restored.kind === 'unusable') {
    throw new CommandFailure(`${path} cannot be restored: it is ${lookWord(restored.look)}; nothing was changed`);
  }
  return done(restored, path);
};

const restoreNewest = async (context: FolderContext): Promise<Answer> => {
  const { backups } = placesIn(context.dataFolder);
  for (const { path, atMs } of await findBackups(backups)) {
    const restored = await restore(context, path, atMs);
    if (restored.kind === 'restored') return done(restored, path);
  }
  throw new CommandFailure(`no backup in ${backups} is good; nothing was changed`);
};

const restore = async ({ dataFolder, nowMs }: FolderContext, from: string, fromAtMs: number): Promise<Restored> => {
  try {
    return await restoreDatabase({ dataFolder, from, fromAtMs, nowMs, cause: 'a person asked for it' });
  } catch (error) {
    if (error instanceof DatabaseOpenError && error.failure === 'inUse') {
      throw new CommandFailure(`a station runs on ${dataFolder}: stop it first`);
    }
    if (error instanceof DatabaseOpenError) throw new CommandFailure(error.message);
    throw error;
  }
};

const done = (restored: Restored & { readonly kind: 'restored' }, from: string): Answer => {
  const { orders, knownUntilMs, setAside } = restored;
  return {
    json: { from, orders, knownUntil: toMoment(knownUntilMs), setAside },
    lines: ({ nowMs }) => [
      printable(`Restored: ${from}, ${orders} orders, as it was ${durationWord((nowMs - knownUntilMs) / 1000)} ago`),
      ...(setAside === null ? [] : [printable(`The database before lies in ${join(setAside, databaseName)}`)]),
      'The next start takes in what it can of later orders, and says what is in doubt.',
    ],
  };
};
